package dev.usher.app;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.usher.intake.ImportRun;
import dev.usher.intake.Intake;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The records that were refused, each with its line and the reason. */
final class ImportReport {
    private ImportReport() {}

    /** Writes them to the file, or to the terminal where there is none. */
    static void write(Intake intake, ImportRun run, @Nullable Path file) throws IOException {
        if (file == null) {
            intake.refused(
                    run,
                    one -> System.err.println("refused: line " + one.line()
                            + one.userId().map(id -> " (" + printable(id) + ")").orElse("") + ": " + one.reason()));
            return;
        }
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord("line", "record", "id", "reason");
            intake.refused(
                    run,
                    one -> csv.writeRecord(
                            String.valueOf(one.line()),
                            String.valueOf(one.record()),
                            one.userId().orElse(""),
                            one.reason()));
        }
    }

    private static String printable(String id) {
        String clean = id.replaceAll("[^A-Za-z0-9_.@-]", "");
        return clean.length() > 80 ? clean.substring(0, 80) : clean;
    }
}
