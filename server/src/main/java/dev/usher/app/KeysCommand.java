package dev.usher.app;

import dev.usher.token.Crypto;
import dev.usher.token.KeyRotation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code usher keys}: the keys that session tokens are signed with. Works beside a running server, which takes notice. */
@Command(
        name = "keys",
        description = "List and replace the keys that tokens are signed with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private static final String ROW = "%-34s %-10s %-21s %-21s %-21s %-21s%n";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) return 2;
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: list, rotate or emergency");
    }

    @Command(name = "list", description = "Every key with its life.", mixinStandardHelpOptions = true)
    int list(@Mixin DataOptions options) throws Exception {
        try (OpenData data = OpenData.beside(options.read())) {
            List<KeyRotation.Listed> keys = rotation(data).list(Instant.now());
            System.out.printf(ROW, "KID", "STAGE", "PUBLISHED", "SIGNS FROM", "RETIRED FROM", "GONE FROM");
            keys.forEach(KeysCommand::print);
        }
        return 0;
    }

    private static void print(KeyRotation.Listed key) {
        System.out.printf(
                ROW,
                key.kid(),
                key.stage(),
                shown(key.publishedAt()),
                shown(key.signsFrom()),
                shown(key.revokedAt().or(key::retiredFrom)),
                shown(key.revokedAt().or(key::goneFrom)));
    }

    private static String shown(Optional<Instant> time) {
        return time.map(at -> at.toString().replaceAll("\\.\\d+Z", "Z")).orElse("-");
    }

    @Command(
            name = "rotate",
            description = "Publish a new key, which signs once every SDK has had the time to fetch it.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin DataOptions options) throws Exception {
        Config config = options.read();
        try (OpenData data = OpenData.beside(config)) {
            String kid = rotation(data).rotate(Instant.now());
            System.out.println("Key " + kid + " is announced. A running server publishes it at once and signs with it "
                    + config.instance().settings().keys().publishBefore().toMinutes()
                    + " minutes later; the present key stays published after that.");
        }
        return 0;
    }

    @Command(
            name = "emergency",
            description = "Give up compromised keys now: a new key signs at once, the others are dropped.",
            mixinStandardHelpOptions = true)
    int emergency(
            @Mixin DataOptions options,
            @Option(names = "--kid", paramLabel = "KID", description = "Give up this key alone (default: every key).")
                    @Nullable
                    String kid)
            throws Exception {
        try (OpenData data = OpenData.beside(options.read())) {
            Optional<String> fresh = rotation(data).emergency(Optional.ofNullable(kid), Instant.now());
            System.out.println(
                    fresh.map(made -> "Key " + made + " signs from now on.").orElse("The signing key stays as it is."));
            System.out.println("""
                    Given up and no longer published: %s.
                    Running servers take notice within a second. Until then, and in back ends that still hold the old key set
                    (five minutes, and longer under a stream of tokens with unknown key ids), tokens of a key that was given up
                    are still believed: restart your back ends to shorten that. Whoever verifies with a fixed PEM
                    (CLERK_JWT_KEY) needs the new one.""".formatted(kid == null ? "every key that there was" : kid));
        }
        return 0;
    }

    private static KeyRotation rotation(OpenData data) {
        return new KeyRotation(data.store(), data.instance(), data.vault(), Crypto.best(), data.ids());
    }
}
