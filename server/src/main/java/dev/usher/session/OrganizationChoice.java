package dev.usher.session;

import dev.usher.http.Errors;
import dev.usher.http.OrganizationErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.organization.ActiveOrganization;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.store.Tx;
import java.util.Optional;

/** Which organization a session or a token is for. An organization of strangers is not found, like one that never was. */
final class OrganizationChoice {
    private static final String NONE = "";

    private OrganizationChoice() {}

    /** The one that a new session starts with. */
    static Optional<String> atStart(Tx tx, Instance instance, String userId, Optional<String> wanted) {
        Settings.Organizations settings = instance.settings().organizations();
        if (!settings.enabled()) return Optional.empty();
        Optional<String> named = wanted.flatMap(id -> ActiveOrganizations.find(tx, instance.id(), userId, id))
                .map(ActiveOrganization::id);
        if (named.isPresent()) return named;
        return settings.newestActive() ? ActiveOrganizations.newest(tx, userId) : Optional.empty();
    }

    /** Whether one is to be chosen: none is active, and personal accounts are off. */
    static boolean isDue(Instance instance, Session session) {
        return isForced(instance) && session.lastActiveOrganizationId().isEmpty();
    }

    /** Whether personal accounts are off. */
    static boolean isForced(Instance instance) {
        Settings.Organizations settings = instance.settings().organizations();
        return settings.enabled() && settings.forceSelection();
    }

    /**
     * A parameter as it is to be obeyed: absent for the active organization, an empty text for none. Where personal accounts
     * are off, nobody gets to one; where organizations are off, nobody gets to anything else.
     */
    static Optional<String> wanted(Instance instance, Optional<String> given) {
        Settings.Organizations settings = instance.settings().organizations();
        boolean none = given.orElse(NONE).isEmpty();
        if (!settings.enabled() && !none) throw Errors.organizationsDisabled();
        if (!settings.enabled()) return Optional.of(NONE);
        return none && settings.forceSelection() ? Optional.empty() : given;
    }

    /** Whether the session can have this organization active, or none for an empty text. */
    static boolean isPossible(Tx tx, Instance instance, Session session, String wanted) {
        Settings.Organizations settings = instance.settings().organizations();
        if (!settings.enabled()) return false;
        if (wanted.isEmpty()) return !settings.forceSelection();
        return ActiveOrganizations.find(tx, session.instanceId(), session.userId(), wanted)
                .isPresent();
    }

    /** The organization by id or slug, or none for an empty text.
     *
     * @throws dev.usher.http.Refusal when the session's user is no member of it
     */
    static Optional<ActiveOrganization> find(Tx tx, Session session, String wanted) {
        if (wanted.isEmpty()) return Optional.empty();
        return Optional.of(ActiveOrganizations.find(tx, session.instanceId(), session.userId(), wanted)
                .orElseThrow(OrganizationErrors::notFoundOrUnauthorized));
    }

    /** The active one, while its user is a member. */
    static Optional<ActiveOrganization> active(Tx tx, Instance instance, Session session) {
        if (!instance.settings().organizations().enabled()) return Optional.empty();
        return session.lastActiveOrganizationId()
                .flatMap(id -> ActiveOrganizations.find(tx, session.instanceId(), session.userId(), id));
    }
}
