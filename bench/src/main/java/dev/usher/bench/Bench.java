package dev.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Runs the measurements and writes what they found, with the machine's facts, to {@code bench/results}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted =
                args.length == 0 ? List.of("start", "mint", "operations", "growth", "import") : List.of(args);
        if (wanted.contains("start")) write("start", StartBench.run());
        if (wanted.contains("mint")) write("mint", MintBench.run());
        if (wanted.contains("operations")) write("operations", OperationsBench.run());
        if (wanted.contains("growth")) write("growth", GrowthBench.run());
        if (wanted.contains("import")) write("import", ImportBench.run());
    }

    private static void write(String name, String report) throws IOException {
        Path file = Path.of("bench", "results", LocalDate.now(ZoneOffset.UTC) + "-" + name + ".md");
        String text = report + "\n" + Machine.facts() + "\nCommand: `./usher bench " + name + "`\n";
        Files.writeString(file, text);
        System.out.println(text);
        System.out.println("written to " + file);
    }
}
