package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Users;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Finds the facts that a template names, and no others, on one view of the database. */
final class FactReader {
    private static final Set<Root> IN_DATABASE = Set.of(Root.USER, Root.ORG, Root.ORG_MEMBERSHIP);

    private final Store store;
    private final Users users;

    FactReader(Store store, Users users) {
        this.store = store;
        this.users = users;
    }

    /** Reads the database only where the template names something of it. */
    Facts read(ClaimTemplate template, Subject subject) {
        boolean isDatabaseNamed =
                namesReverification(template) || template.roots().stream().anyMatch(IN_DATABASE::contains);
        return isDatabaseNamed ? store.read(tx -> read(tx, template, subject)) : withoutDatabase(template, subject);
    }

    Facts read(Tx tx, ClaimTemplate template, Subject subject) {
        Map<Root, ObjectNode> facts =
                new EnumMap<>(withoutDatabase(template, subject).byRoot());
        Set<Root> roots = template.roots();
        if (namesReverification(template)) putReverification(tx, facts, subject);
        if (roots.contains(Root.USER)) facts.put(Root.USER, user(tx, template, subject));
        if (roots.contains(Root.ORG) || roots.contains(Root.ORG_MEMBERSHIP)) putOrganization(tx, facts, subject);
        return new Facts(facts);
    }

    private static Facts withoutDatabase(ClaimTemplate template, Subject subject) {
        Map<Root, ObjectNode> facts = new EnumMap<>(Root.class);
        if (template.roots().contains(Root.SESSION)) facts.put(Root.SESSION, SessionFacts.of(subject.session()));
        if (template.roots().contains(Root.SOURCE))
            facts.put(Root.SOURCE, Json.object().put("platform", subject.platform()));
        return new Facts(facts);
    }

    private static boolean namesReverification(ClaimTemplate template) {
        return template.names(Root.SESSION, SessionFacts.REVERIFICATION);
    }

    private static void putReverification(Tx tx, Map<Root, ObjectNode> facts, Subject subject) {
        ObjectNode session = SessionFacts.of(subject.session());
        UserFacts.put(
                session,
                SessionFacts.REVERIFICATION,
                SessionFacts.reverificationId(tx, subject.session().id()));
        facts.put(Root.SESSION, session);
    }

    private ObjectNode user(Tx tx, ClaimTemplate template, Subject subject) {
        String userId = subject.session().userId();
        ObjectNode user = users.find(tx, subject.instance(), userId)
                .map(found -> UserFacts.of(found, subject.origin()))
                .orElseThrow(() -> new IllegalStateException("a session without its user"));
        if (template.names(Root.USER, "organizations"))
            user.set(
                    "organizations",
                    OrganizationFacts.rolesOf(tx, subject.instance().id(), userId));
        return user;
    }

    private static void putOrganization(Tx tx, Map<Root, ObjectNode> facts, Subject subject) {
        Optional<OrganizationFacts> found =
                subject.organization().flatMap(active -> OrganizationFacts.find(tx, subject, active));
        facts.put(Root.ORG, found.map(OrganizationFacts::organization).orElseGet(OrganizationFacts::noOrganization));
        facts.put(
                Root.ORG_MEMBERSHIP,
                found.map(OrganizationFacts::membership).orElseGet(OrganizationFacts::noMembership));
    }
}
