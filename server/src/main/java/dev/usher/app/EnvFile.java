package dev.usher.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The variables by which SDKs and tests find a development instance. */
final class EnvFile {
    /** What the names of variables begin with that a framework shows to its pages: none for Express, then Next.js and Vite. */
    private static final List<String> PREFIXES = List.of("", "NEXT_PUBLIC_", "VITE_");

    private final Map<String, String> lines = new LinkedHashMap<>();

    EnvFile(Server server, String url) {
        String key = server.instances().instance().publishableKey();
        lines.put("USHER_URL", url);
        lines.put("CLERK_SECRET_KEY", server.instances().secretKey().reveal());
        lines.put("CLERK_API_URL", url);
        lines.put("CLERK_FAPI_URL", url);
        lines.put("CLERK_JWT_KEY", '"' + server.pem().strip().replace("\n", "\\n") + '"');
        for (String prefix : PREFIXES) {
            lines.put(prefix + "CLERK_PUBLISHABLE_KEY", key);
            lines.put(prefix + "CLERK_PROXY_URL", url);
            lines.put(prefix + "CLERK_JS_URL", url + "/npm/@clerk/clerk-js@6/dist/clerk.browser.js");
            lines.put(prefix + "CLERK_UI_URL", url + "/npm/@clerk/ui@1/dist/ui.browser.js");
            lines.put(prefix + "CLERK_TELEMETRY_DISABLED", "1");
        }
    }

    /** Writes the file in one step, so that whoever waits for it never reads half of it. */
    void write(Path file) {
        String text = lines.entrySet().stream()
                .map(line -> line.getKey() + "=" + line.getValue() + "\n")
                .collect(Collectors.joining());
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path fresh = Files.createTempFile(folder, ".usher-env", null);
            Files.writeString(fresh, text);
            Files.move(
                    fresh, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
