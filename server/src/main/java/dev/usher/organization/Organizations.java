package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.OrganizationErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Change;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Makes, finds, changes and deletes organizations. Asks nobody for permission. */
public final class Organizations {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_SLUG = 64;
    private static final String SLUG_FORM = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

    private final Memberships memberships;
    private final MemberSessions sessions;
    private final Users users;
    private final Ids ids;

    public Organizations(Memberships memberships, MemberSessions sessions, Users users, Ids ids) {
        this.memberships = memberships;
        this.sessions = sessions;
        this.users = users;
        this.ids = ids;
    }

    /**
     * What an organization is to be.
     *
     * @param slug made from the name where absent and slugs are on
     * @param createdBy becomes its first member
     */
    public record Draft(
            String name,
            Optional<String> slug,
            Optional<String> createdBy,
            int maxAllowedMemberships,
            boolean adminDeleteEnabled,
            JsonNode publicMetadata,
            JsonNode privateMetadata,
            Optional<Instant> createdAt) {

        /** With the instance's limits and no metadata. */
        public static Draft usual(Instance instance, String name, Optional<String> slug, Optional<String> createdBy) {
            Settings.Organizations settings = instance.settings().organizations();
            return new Draft(
                    name,
                    slug,
                    createdBy,
                    settings.maxAllowedMemberships(),
                    settings.adminDelete(),
                    Json.object(),
                    Json.object(),
                    Optional.empty());
        }
    }

    /** What lists can be sorted by. */
    public enum Order {
        CREATED_AT("o.created_at"),
        NAME("lower(o.name)"),
        MEMBERS_COUNT("o.members_count");

        private final String column;

        Order(String column) {
            this.column = column;
        }

        String sql(boolean descending) {
            String direction = descending ? " desc" : "";
            return column + direction + ", o.id" + direction;
        }
    }

    /**
     * Which organizations to list.
     *
     * @param query part of a name or slug, or a whole id
     * @param ids none for all
     * @param memberIds those of any of these users; none for all
     */
    public record Filter(
            Optional<String> query, List<String> ids, List<String> memberIds, Order order, boolean descending) {
        /** All of them, the newest first. */
        public static final Filter ALL = new Filter(Optional.empty(), List.of(), List.of(), Order.CREATED_AT, true);
    }

    /** By id or slug. */
    public Optional<Organization> find(Tx tx, Instance instance, String idOrSlug, Instant now) {
        return ActiveOrganizations.isId(idOrSlug)
                ? OrganizationStore.byId(tx, instance.id(), idOrSlug, now)
                : OrganizationStore.bySlug(tx, instance.id(), idOrSlug, now);
    }

    /** By id or slug.
     *
     * @throws dev.usher.http.Refusal when there is none
     */
    public Organization get(Tx tx, Instance instance, String idOrSlug, Instant now) {
        return find(tx, instance, idOrSlug, now).orElseThrow(() -> Errors.notFound("organization", idOrSlug));
    }

    public Page.Of<Organization> list(Tx tx, Instance instance, Filter filter, Page page, Instant now) {
        return new Page.Of<>(
                OrganizationStore.list(tx, instance.id(), filter, page, now),
                OrganizationStore.count(tx, instance.id(), filter));
    }

    /** Makes an organization; who creates it becomes a member in the role that the settings name. */
    public Organization create(WriteTx tx, Instance instance, Draft draft, Instant now) {
        draft.createdBy().ifPresent(userId -> requireCreator(tx, instance, userId, now));
        String id = ids.next("org", now);
        tx.note(new Change("organization.created", id));
        insert(tx, instance, id, checked(draft), slug(instance, draft, id, now), now);
        draft.createdBy()
                .ifPresent(userId -> memberships.add(
                        tx,
                        instance,
                        get(tx, instance, id, now),
                        Memberships.Draft.of(
                                userId, instance.settings().organizations().creatorRole()),
                        now));
        return get(tx, instance, id, now);
    }

    /** Refuses who may not make organizations by themself. */
    void requireMayCreate(Tx tx, Instance instance, String userId) {
        boolean may = users.find(tx, instance, userId)
                .filter(user -> user.mayCreateOrganizations(instance.settings()))
                .isPresent();
        if (!may) throw OrganizationErrors.creationDisabled();
    }

    private void requireCreator(WriteTx tx, Instance instance, String userId, Instant now) {
        if (!users.changed(tx, instance, userId, now)) throw OrganizationErrors.creatorNotFound();
        User creator = users.find(tx, instance, userId).orElseThrow(OrganizationErrors::creatorNotFound);
        int most = creator.mostOrganizations(instance.settings());
        if (most > 0 && OrganizationStore.createdBy(tx, instance.id(), userId) >= most)
            throw OrganizationErrors.tooManyOrganizations(most);
    }

    private static void insert(
            WriteTx tx, Instance instance, String id, Draft draft, Optional<String> slug, Instant now) {
        slug.ifPresent(text -> requireFree(tx, instance, id, text, now));
        guarded(() -> OrganizationStore.insert(
                tx, instance.id(), id, draft, slug, draft.createdAt().orElse(now)));
    }

    /** Two at once with one slug: the database lets one through. */
    private static void guarded(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw Errors.identifierExists("slug");
            throw e;
        }
    }

    private static void requireFree(Tx tx, Instance instance, String id, String slug, Instant now) {
        boolean taken = OrganizationStore.bySlug(tx, instance.id(), slug, now)
                .filter(other -> !other.id().equals(id))
                .isPresent();
        if (taken) throw Errors.identifierExists("slug");
    }

    private static Draft checked(Draft draft) {
        checkedName(draft.name());
        return draft;
    }

    private static String checkedName(String name) {
        if (name.isBlank()) throw Errors.empty("name");
        if (name.length() > LONGEST_NAME) throw OrganizationErrors.tooLong("name", LONGEST_NAME);
        return name;
    }

    private static Optional<String> slug(Instance instance, Draft draft, String id, Instant now) {
        boolean on = instance.settings().organizations().slugs();
        if (!on && draft.slug().isPresent()) throw OrganizationErrors.slugsDisabled();
        if (!on) return Optional.empty();
        return Optional.of(draft.slug().map(Organizations::checkedSlug).orElseGet(() -> slugOf(draft.name(), id, now)));
    }

    private static String checkedSlug(String slug) {
        if (slug.length() > LONGEST_SLUG) throw OrganizationErrors.tooLong("slug", LONGEST_SLUG);
        if (!slug.matches(SLUG_FORM))
            throw Errors.invalidFormat("slug", "A slug has lower-case letters, digits and dashes between them.");
        return slug;
    }

    /** The name in letters, digits and dashes, and a number that makes it nobody else's, not even of the same instant. */
    private static String slugOf(String name, String id, Instant now) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String head = words.length() > 40 ? words.substring(0, 40).replaceAll("-+$", "") : words;
        return (head.isEmpty() ? "organization" : head)
                + "-%d%09d".formatted(now.getEpochSecond(), Math.floorMod(id.hashCode(), 1_000_000_000));
    }

    /** Changes what the operator returns differently; counts and times are not its business. */
    public Organization update(
            WriteTx tx, Instance instance, Organization before, UnaryOperator<Organization> change, Instant now) {
        Organization changed = change.apply(before);
        checkedName(changed.name());
        if (!changed.slug().equals(before.slug())) requireSlug(tx, instance, changed, now);
        guarded(() -> OrganizationStore.update(tx, changed, now));
        tx.note(new Change("organization.updated", before.id()));
        return get(tx, instance, before.id(), now);
    }

    private static void requireSlug(Tx tx, Instance instance, Organization changed, Instant now) {
        if (!instance.settings().organizations().slugs()) throw OrganizationErrors.slugsDisabled();
        String slug = checkedSlug(changed.slug().orElse(""));
        requireFree(tx, instance, changed.id(), slug, now);
    }

    /** Deletes an organization with all that hangs on it; from this instant on it is active for nobody. */
    public void delete(WriteTx tx, Instance instance, String id, Instant now) {
        sessions.organizationGoes(tx, id, now);
        OrganizationStore.memberIds(tx, id).forEach(userId -> users.changed(tx, instance, userId, now));
        tx.note(new Change("organization.deleted", id));
        if (!OrganizationStore.delete(tx, instance.id(), id)) throw Errors.notFound("organization", id);
    }
}
