package dev.usher.app;

import dev.usher.base.Unavailable;
import dev.usher.base.Vault;
import dev.usher.http.Listener;
import dev.usher.store.SqliteStore;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code usher} command. */
@Command(
        name = "usher",
        description = "A self-hosted session server that speaks Clerk's Frontend API.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            DevCommand.class,
            ServeCommand.class,
            KeysCommand.class,
            SecretKeyCommand.class,
            WebhookCommand.class,
            ImportCommand.class,
            MigrateStoreCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            TemplateCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Without a command: dev. In a checkout, `usher test` runs the whole test suite",
            "and `usher assault` the longer attacks."
        })
public final class Usher implements Callable<Integer> {
    private Usher() {}

    /** Runs a command; its result is the exit code. */
    public static void main(String[] args) throws Exception {
        LoggingProvider.choose();
        String[] command =
                args.length == 0 || args[0].startsWith("--port") || startsWithDevOption(args[0]) ? withDev(args) : args;
        if (command[0].equals("dev") || command[0].equals("serve")) prepare();
        Optional<? extends Callable<Integer>> server = plainServer(command);
        int code = server.isPresent() ? run(server.get()) : parsed(command);
        if (code != 0) System.exit(code);
    }

    private static Optional<? extends Callable<Integer>> plainServer(String[] command) {
        return switch (command[0]) {
            case "dev" -> DevCommand.plain(command);
            case "serve" -> ServeCommand.plain(command);
            default -> Optional.empty();
        };
    }

    private static int run(Callable<Integer> command) throws Exception {
        try {
            return command.call();
        } catch (Exception e) {
            return explain(e);
        }
    }

    private static int parsed(String[] command) {
        return new CommandLine(new Usher())
                .setExecutionExceptionHandler((e, commandLine, parsed) -> explain(e))
                .execute(command);
    }

    /** Loads what a server needs while the command line and the settings are read: a third of the time to start. */
    private static void prepare() {
        LoggerFactory.getILoggerFactory(); // before the threads below, of which one would find it half made
        Thread.ofPlatform().daemon().name("usher-prepare").start(SqliteStore::prepare);
        Thread.ofPlatform().daemon().name("usher-prepare").start(Listener::prepare);
    }

    private static boolean startsWithDevOption(String arg) {
        return arg.startsWith("--data")
                || arg.startsWith("--in-memory")
                || arg.startsWith("--env-file")
                || arg.startsWith("--config");
    }

    private static String[] withDev(String[] args) {
        String[] command = new String[args.length + 1];
        command[0] = "dev";
        System.arraycopy(args, 0, command, 1, args.length);
        return command;
    }

    /** What an operator can mend is one line; anything else is a bug and keeps its trace. */
    private static int explain(Exception e) throws Exception {
        switch (e) {
            case ConfigReader.Faulty faulty -> faulty.faults().forEach(fault -> say(fault));
            case DataFolder.InUse inUse -> say(inUse.getMessage());
            case Vault.WrongKey wrongKey -> say(wrongKey.getMessage());
            case Unavailable busy -> say(busy.getMessage());
            case IllegalStateException refused -> say(refused.getMessage());
            case UncheckedIOException io -> say(io.getMessage() + ": " + reason(io.getCause()));
            default -> throw e;
        }
        return 1;
    }

    /** What the file system has against a path, in words: its exceptions carry most of it in their names. */
    private static String reason(@Nullable Throwable e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + " is not accessible";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileAlreadyExistsException there -> there.getFile() + " is a file";
            case null -> "no reason is known";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void say(@Nullable String line) {
        System.err.println("usher: " + line);
    }

    @Override
    public Integer call() {
        return new CommandLine(this).execute("dev");
    }
}
