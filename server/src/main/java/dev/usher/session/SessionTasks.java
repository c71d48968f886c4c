package dev.usher.session;

import dev.usher.instance.Instance;
import dev.usher.user.User;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which tasks are due. Some are asked for when a session begins and are kept with it until they are done, so that nobody who
 * is signed in already is stopped by them; whether an organization is to be chosen follows from the session at any time.
 */
final class SessionTasks {
    private SessionTasks() {}

    /** What a new session keeps. Nothing is asked of somebody who acts as the user. */
    static List<SessionTask> atStart(Instance instance, User user, Opening opening) {
        if (opening.impersonation().isPresent()) return List.of();
        boolean lacksFactor = requiresSecondFactor(instance) && !user.hasSecondFactor();
        return kept(user.terms().passwordCompromised(), lacksFactor);
    }

    /** What a session keeps, by what its row says. */
    static List<SessionTask> kept(boolean passwordReset, boolean secondFactor) {
        if (!passwordReset && !secondFactor) return List.of();
        return inOrder(task -> switch (task) {
            case SETUP_MFA -> secondFactor;
            case RESET_PASSWORD -> passwordReset;
            case CHOOSE_ORGANIZATION -> false;
        });
    }

    /** What is due now under the settings of the instance. */
    static List<SessionTask> due(Instance instance, Session session) {
        boolean choosing = OrganizationChoice.isDue(instance, session);
        if (session.kept().isEmpty()) return choosing ? List.of(SessionTask.CHOOSE_ORGANIZATION) : List.of();
        return inOrder(task -> switch (task) {
            case SETUP_MFA -> session.kept().contains(task) && requiresSecondFactor(instance);
            case RESET_PASSWORD -> session.kept().contains(task);
            case CHOOSE_ORGANIZATION -> choosing;
        });
    }

    private static List<SessionTask> inOrder(Predicate<SessionTask> isDue) {
        return Stream.of(SessionTask.values()).filter(isDue).toList();
    }

    static boolean requiresSecondFactor(Instance instance) {
        return instance.settings().factors().secondFactorRequired();
    }
}
