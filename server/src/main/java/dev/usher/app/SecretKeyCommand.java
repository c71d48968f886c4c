package dev.usher.app;

import dev.usher.instance.SecretKey;
import dev.usher.instance.SecretKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code usher secret-key}: the keys of servers. Works beside a running server, which looks each of them up at every call. */
@Command(
        name = "secret-key",
        description = "Make, list and revoke the keys that servers call the Backend API with.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class SecretKeyCommand implements Callable<Integer> {
    private static final String ROW = "%-30s %-20s %-21s %-21s %-21s%n";
    private static final int LONGEST_NAME = 100;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) return 2;
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: create, list or revoke");
    }

    @Command(
            name = "create",
            description = "Make a key and print it, once. Those that there are stay valid.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin DataOptions options,
            @Option(names = "--name", paramLabel = "NAME", defaultValue = "", description = "What the key is for.")
                    String name)
            throws Exception {
        if (name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c >= ' ' && c != 0x7f))
            throw new IllegalStateException("a name has " + LONGEST_NAME + " printable characters at most");
        try (OpenData data = OpenData.beside(options.read())) {
            SecretKeys.Made made =
                    data.store().write(tx -> keys(data).create(tx, data.instance(), name, Instant.now()));
            System.out.println(made.secret().reveal());
            System.err.println("Key " + made.key().id() + " is valid from now on. It is not shown again.");
        }
        return 0;
    }

    @Command(name = "list", description = "Every key without its secret.", mixinStandardHelpOptions = true)
    int list(@Mixin DataOptions options) throws Exception {
        try (OpenData data = OpenData.beside(options.read())) {
            System.out.printf(ROW, "ID", "NAME", "CREATED", "LAST USED", "REVOKED");
            data.store().read(tx -> keys(data).list(tx, data.instance())).forEach(SecretKeyCommand::print);
        }
        return 0;
    }

    private static void print(SecretKey key) {
        System.out.printf(
                ROW,
                key.id(),
                key.name().isEmpty() ? "-" : key.name(),
                shown(Optional.of(key.createdAt())),
                shown(key.lastUsedAt()),
                shown(key.revokedAt()));
    }

    private static String shown(Optional<Instant> time) {
        return time.map(at -> at.toString().replaceAll("\\.\\d+Z", "Z")).orElse("-");
    }

    @Command(
            name = "revoke",
            description = "Refuse a key from now on, in a running server from its next call on.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Mixin DataOptions options,
            @Parameters(paramLabel = "ID", description = "The key's id, as list shows it.") String id)
            throws Exception {
        try (OpenData data = OpenData.beside(options.read())) {
            boolean revoked = data.store().write(tx -> keys(data).revoke(tx, data.instance(), id, Instant.now()));
            if (!revoked) throw new IllegalStateException("there is no valid key " + id);
            System.out.println("Key " + id + " is refused from now on.");
        }
        return 0;
    }

    private static SecretKeys keys(OpenData data) {
        return new SecretKeys(data.ids(), data.randomness());
    }
}
