package dev.usher.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher config}: the settings as they would be used. */
@Command(
        name = "config",
        description = "Print the effective settings, secrets masked.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML; without it, those of `usher dev`.")
    private @Nullable Path config;

    @Option(names = "--production", description = "Read the file as `usher serve` does.")
    private boolean production;

    @Override
    public Integer call() {
        Config read = ConfigReader.read(Optional.ofNullable(config), !production, System.getenv());
        read.effective().forEach((key, value) -> System.out.println(key + ": " + value));
        return 0;
    }
}
