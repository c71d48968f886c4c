package dev.usher.app;

import dev.usher.base.Randomness;
import dev.usher.factor.Totp;
import dev.usher.intake.Intake;
import dev.usher.intake.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher import}: users out of an export of another server. The server of the data must be stopped. */
@Command(
        name = "import",
        description = "Take in users from an export of another server.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The export.")
    private Path file = Path.of("users.csv");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "clerk-csv (the Dashboard's export) or clerk-json (users of the Backend API, as an array or one "
                            + "after the other); by default after the file's name.")
    private @Nullable String format;

    @Option(
            names = "--new-ids",
            description =
                    "Give every user a new id and keep the old one as the external id (default: keep user_… ids).")
    private boolean newIds;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the refused records there, as CSV.")
    private @Nullable Path report;

    @Option(names = "--resume", description = "Go on where an earlier import of this file stopped.")
    private boolean resume;

    @Mixin
    private DataOptions options = new DataOptions();

    @Override
    public Integer call() throws Exception {
        Intake.Job job = new Intake.Job(file, format(), newIds ? Naming.RENEW : Naming.KEEP);
        if (!Files.isReadable(file)) throw new IllegalStateException("cannot read " + file);
        try (OpenData data = OpenData.alone(options.read())) {
            Totp totp = new Totp(data.vault(), data.ids(), new Randomness());
            return run(new Intake(data.store(), data.instance(), data.ids(), totp, InstantSource.system()), job);
        }
    }

    private Intake.Format format() {
        String name = format == null ? byName(file.toString()) : format;
        return switch (name) {
            case "clerk-csv" -> Intake.Format.CLERK_CSV;
            case "clerk-json" -> Intake.Format.CLERK_JSON;
            default -> throw new IllegalStateException("--format: must be clerk-csv or clerk-json, not " + name);
        };
    }

    private static String byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".json") || lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) return "clerk-json";
        return "clerk-csv";
    }

    private int run(Intake intake, Intake.Job job) throws IOException {
        if (!resume)
            intake.unfinished(job)
                    .ifPresent(run -> System.err.println("usher: an import of this file stopped after record "
                            + run.records() + "; --resume would go on there. Users who are here are passed over."));
        ImportProgress progress = new ImportProgress(System.err, System::nanoTime);
        Intake.Result result = intake.run(job, resume, progress);
        ImportReport.write(intake, result.run(), report);
        progress.summary(System.out, result.run());
        result.broken().ifPresent(what -> System.err.println("usher: " + what));
        return result.broken().isPresent() || result.run().refused() > 0 ? 1 : 0;
    }
}
