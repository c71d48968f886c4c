package dev.usher.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds the data that it works on: as the server that it belongs to finds them. */
final class DataOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML; without it, those of `usher dev`.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default ./usher-data).")
    private @Nullable Path data;

    @Option(names = "--production", description = "Read the file as `usher serve` does.")
    private boolean production;

    /** The settings; the log shows warnings alone, since a command speaks for itself. */
    Config read() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (data != null) environment.put("USHER_DATA", data.toString());
        Config read = ConfigReader.read(Optional.ofNullable(config), !production, environment);
        Logging.arrange(new Config.LogConfig("warn", read.log().asJson()));
        return read;
    }
}
