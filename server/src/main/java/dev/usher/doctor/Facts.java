package dev.usher.doctor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Everything that was collected; the findings are functions of it.
 *
 * @param configurationFaults what is wrong with the server's own settings, when they were named
 */
record Facts(
        AppEnv env,
        Server server,
        Optional<String> appUrl,
        Optional<Visit> visit,
        Optional<Visit> signInVisit,
        List<String> configurationFaults) {

    /** Whether the app has a server of its own that talks to Usher; pages alone need no secret key. */
    boolean hasServer() {
        boolean pagesAlone = env.all("CLERK_PUBLISHABLE_KEY").keySet().stream()
                        .allMatch(name -> name.matches("(VITE|EXPO_PUBLIC|REACT_APP|GATSBY)_.*"))
                && !env.all("CLERK_PUBLISHABLE_KEY").isEmpty();
        return !pagesAlone || env.get("CLERK_SECRET_KEY").isPresent();
    }

    /** The addresses of the server, as far as they are known. */
    Set<String> serverUrls() {
        Set<String> urls = new LinkedHashSet<>();
        Stream.of(env.absoluteProxyUrl(), server.apiUrl(), server.fact("public_url"))
                .flatMap(Optional::stream)
                .forEach(urls::add);
        return urls;
    }

    List<JsonNode> incidents() {
        return server.facts()
                .map(node -> node.path("incidents").valueStream().toList())
                .orElse(List.of());
    }
}
