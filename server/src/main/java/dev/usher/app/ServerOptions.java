package dev.usher.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this program is installed. */
final class ServerOptions {
    private ServerOptions() {}

    /** The folder that the launcher names; it has {@code lib} and {@code npm} below it. */
    static Path home() {
        @Nullable String home = System.getProperty("usher.home");
        return Path.of(home == null ? "." : home);
    }
}
