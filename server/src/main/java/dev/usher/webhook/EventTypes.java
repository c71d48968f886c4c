package dev.usher.webhook;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The types of events that there are. */
public final class EventTypes {
    /** An extension: told to endpoints alone that ask for it by name. */
    public static final String SESSION_EXPIRED = "session.expired";

    /** Posted by the command that tries an endpoint, and never by itself. */
    static final String TEST = "usher.test";

    private static final Set<String> PUBLISHED = Set.of(
            "email.created",
            "sms.created",
            "user.created",
            "user.updated",
            "user.deleted",
            "session.created",
            "session.pending",
            "session.ended",
            "session.removed",
            "session.revoked",
            "organization.created",
            "organization.updated",
            "organization.deleted",
            "organizationMembership.created",
            "organizationMembership.updated",
            "organizationMembership.deleted",
            "organizationInvitation.created",
            "organizationInvitation.accepted",
            "organizationInvitation.revoked",
            "role.created",
            "role.updated",
            "role.deleted",
            "permission.created",
            "permission.updated",
            "permission.deleted");

    private EventTypes() {}

    /** Whether somebody who asked for these types, or for none and so for all published ones, is told of this one. */
    static boolean areMet(Collection<String> asked, String type) {
        return asked.isEmpty() ? PUBLISHED.contains(type) : asked.contains(type);
    }

    /** Those that there are not. */
    public static List<String> unknown(Collection<String> types) {
        return types.stream()
                .filter(type -> !PUBLISHED.contains(type) && !type.equals(SESSION_EXPIRED))
                .toList();
    }

    /** All that can be asked for, in the order of their names. */
    public static Set<String> all() {
        Set<String> all = new TreeSet<>(PUBLISHED);
        all.add(SESSION_EXPIRED);
        return all;
    }

    /** Whether its subject is gone, or is not what it was, when the transaction has ended. */
    static boolean isToldAtOnce(String type) {
        String what = type.substring(type.indexOf('.') + 1);
        return Set.of("deleted", "ended", "removed", "revoked", "expired").contains(what)
                || type.equals("email.created")
                || type.equals("sms.created");
    }
}
