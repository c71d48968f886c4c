package dev.usher.console;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The published browser bundles, where SDKs look for them: {@code /npm/@clerk/clerk-js@6/dist/clerk.browser.js}, by exact
 * version or by its beginning.
 */
public final class Bundles {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FOR_FIVE_MINUTES = "public, max-age=300";

    private final Path folder;

    /**
     * @param folder has {@code <scope>/<package>/<version>/dist/} below it
     */
    public Bundles(Path folder) {
        this.folder = folder;
    }

    public void mount(Router pages) {
        pages.add("GET", "/npm/{scope}/{package}/dist/{file}", this::serve);
    }

    private Reply serve(Exchange exchange) {
        String[] parts = exchange.param("package").split("@", -1);
        if (parts.length != 2) throw Errors.noSuchRoute();
        Path home = folder.resolve(name(exchange.param("scope"))).resolve(name(parts[0]));
        String version = version(home, parts[1]).orElseThrow(Errors::noSuchRoute);
        String file = name(exchange.param("file"));
        Path path = home.resolve(version).resolve("dist").resolve(file);
        if (!Files.isRegularFile(path)) throw Errors.noSuchRoute();
        return Reply.bytes(200, Assets.type(file), bytes(path))
                .header("Cache-Control", version.equals(parts[1]) ? FOR_EVER : FOR_FIVE_MINUTES)
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static String name(String text) {
        if (!text.matches("@?[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}")) throw Errors.noSuchRoute();
        return text;
    }

    private static Optional<String> version(Path home, String wanted) {
        if (!Files.isDirectory(home)) return Optional.empty();
        try (Stream<Path> versions = Files.list(home)) {
            return versions.map(path -> path.getFileName().toString())
                    .filter(version -> version.equals(wanted) || version.startsWith(wanted + "."))
                    .max(String::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
