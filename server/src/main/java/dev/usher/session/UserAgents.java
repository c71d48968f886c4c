package dev.usher.session;

import dev.usher.base.Ids;
import dev.usher.http.Exchange;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/** Reads the device and the browser off the User-Agent header, once, when a session is opened. */
public final class UserAgents {
    private static final int LONGEST = 512;
    private static final String UNKNOWN = "Other";

    private final Ids ids;

    public UserAgents(Ids ids) {
        this.ids = ids;
    }

    /** The parser reads 230 ms worth of patterns when it is first used, and not at start. */
    private static final class Lazy {
        static final Parser PARSER = new Parser();
    }

    /** Loads the patterns, so that the first sign-in does not wait for them. */
    public static void prepare() {
        Objects.requireNonNull(Lazy.PARSER);
    }

    Activity activity(Exchange exchange) {
        String agent = exchange.userAgent().orElse("");
        Client parsed = Lazy.PARSER.parse(agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent);
        String system = String.valueOf(parsed.os.family);
        boolean isMobile = system.equals("iOS") || (system.equals("Android") && agent.contains("Mobile"));
        return new Activity(
                ids.next("sess_activity", exchange.now()),
                device(parsed, system),
                isMobile,
                known(parsed.userAgent.family),
                version(parsed),
                Optional.of(exchange.address()),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> device(Client parsed, String system) {
        if (system.equals("Mac OS X")) return Optional.of("Macintosh");
        return known(parsed.device.family)
                .filter(name -> !name.startsWith("Generic"))
                .or(() -> known(system));
    }

    private static Optional<String> version(Client parsed) {
        String version = Arrays.asList(parsed.userAgent.major, parsed.userAgent.minor, parsed.userAgent.patch).stream()
                .takeWhile(Objects::nonNull)
                .collect(Collectors.joining("."));
        return Optional.of(version).filter(text -> !text.isEmpty());
    }

    private static Optional<String> known(@Nullable String name) {
        return Optional.ofNullable(name).filter(text -> !text.isEmpty() && !text.equals(UNKNOWN));
    }
}
