package dev.usher.doctor;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads headers of answers. */
final class Http {
    private Http() {}

    static Optional<Instant> date(Asking.Answer answer) {
        try {
            return answer.header("date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a content security policy lets pages use an origin for this kind of thing. */
    static boolean permits(String policy, String directive, String origin) {
        Optional<String> rule = rule(policy, directive).or(() -> rule(policy, "default-src"));
        if (rule.isEmpty()) return true;
        String host = origin.substring(origin.indexOf("//") + 2);
        String scheme = origin.substring(0, origin.indexOf("//"));
        for (String source : rule.get().split("\\s+", -1)) {
            boolean fits = source.equals("*")
                    || source.equals(scheme)
                    || source.equals(host)
                    || source.equals(origin)
                    || source.startsWith(origin + "/")
                    || source.equals(host.replaceFirst(":\\d+$", ":*"));
            if (fits || source.equals("'strict-dynamic'")) return true;
        }
        return false;
    }

    private static Optional<String> rule(String policy, String directive) {
        for (String one : policy.split(";", -1))
            if (one.strip().startsWith(directive + " ") || one.strip().equals(directive))
                return Optional.of(one.strip().substring(directive.length()).strip());
        return Optional.empty();
    }
}
