package dev.usher.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which users are asked for; all conditions hold together. An empty list is no condition.
 *
 * @param lacksAny what nobody here has was asked for, so that nobody is found
 */
public record UserFilter(
        Listed userIds,
        Listed externalIds,
        Listed organizationIds,
        List<String> emailAddresses,
        List<String> phoneNumbers,
        List<String> usernames,
        Texts texts,
        Optional<Boolean> banned,
        Spans spans,
        boolean lacksAny) {

    /** Everybody. */
    public static final UserFilter NONE = new UserFilter(
            Listed.NONE,
            Listed.NONE,
            Listed.NONE,
            List.of(),
            List.of(),
            List.of(),
            new Texts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            new Spans(Span.ANY, Span.ANY, Span.ANY),
            false);

    /** Values of which one must be, and values of which none may be. */
    public record Listed(List<String> in, List<String> out) {
        static final Listed NONE = new Listed(List.of(), List.of());
    }

    /** Parts of texts, in any case. */
    public record Texts(
            Optional<String> any,
            Optional<String> emailAddress,
            Optional<String> phoneNumber,
            Optional<String> username,
            Optional<String> name) {}

    /** Instants between which something happened, the ends left out. */
    public record Span(Optional<Instant> after, Optional<Instant> before) {
        static final Span ANY = new Span(Optional.empty(), Optional.empty());
    }

    public record Spans(Span lastActive, Span created, Span lastSignIn) {}
}
