package dev.usher.session;

import dev.usher.http.SessionErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import java.util.List;

/** How many sessions may be open at once, and which of them give way to a new one. */
final class SessionLimits {
    private SessionLimits() {}

    /** Those of a client that give way, the oldest first; {@code open} is in the order of their creation. */
    static List<Session> surplusOfClient(Instance instance, List<Session> open) {
        Settings.SessionLimits limits = limits(instance);
        return surplus(limits, limits.perClient(), open);
    }

    /** Those of a user that give way. Who acts as the user and the user themself never make each other leave. */
    static List<Session> surplusOfUser(Instance instance, List<Session> open, boolean byActor) {
        Settings.SessionLimits limits = limits(instance);
        List<Session> alike = open.stream()
                .filter(session -> session.actor().isPresent() == byActor)
                .toList();
        return surplus(limits, limits.perUser(), alike);
    }

    static Settings.SessionLimits limits(Instance instance) {
        return instance.settings().sessionLimits();
    }

    private static List<Session> surplus(Settings.SessionLimits limits, int most, List<Session> open) {
        if (most == 0 || open.size() < most) return List.of();
        if (limits.refusesNewest()) throw SessionErrors.tooManySessions();
        return open.subList(0, open.size() - most + 1);
    }
}
