package dev.usher.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the measurements and writes what they found, with the machine's facts, to {@code bench/results}: a page for people and
 * the same figures in JSON, of which {@code page} makes the documentation.
 */
public final class Bench {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A measurement. */
    private interface Measurement {
        Report run() throws Exception;
    }

    private Bench() {}

    /** With the names of measurements, all of them without any; {@code growth --to 10M} takes more sessions. */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(Arrays.asList(args));
        long most = GrowthBench.most(names);
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("start", StartBench::run);
        all.put("mint", MintBench::run);
        all.put("parts", PartsBench::run);
        all.put("operations", OperationsBench::run);
        all.put("growth", () -> GrowthBench.run(most));
        all.put("import", ImportBench::run);
        boolean page = names.remove("page") || names.isEmpty();
        for (String name : names)
            if (!all.containsKey(name))
                throw new IllegalArgumentException(name + " is none of " + all.keySet() + " and page");
        for (var measurement : all.entrySet())
            if (names.contains(measurement.getKey()) || args.length == 0)
                write(measurement.getKey(), args, measurement.getValue().run());
        if (page) PerformancePage.write();
    }

    private static void write(String name, String[] args, Report report) throws Exception {
        String command = "./usher bench " + (args.length == 0 ? name : String.join(" ", args));
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Path file = Path.of("bench", "results", date + "-" + name + ".md");
        String text = report.text() + "\n" + Machine.facts() + "\nCommand: `" + command + "`\n";
        Files.writeString(file, text);
        var json =
                MAPPER.createObjectNode().put("bench", name).put("date", date).put("command", command);
        json.set("machine", Machine.json());
        json.set("figures", report.figures());
        Files.writeString(
                Path.of("bench", "results", date + "-" + name + ".json"), MAPPER.writeValueAsString(json) + "\n");
        System.out.println(text);
        System.out.println("written to " + file);
    }
}
