package dev.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The newest result of each bench. */
final class Results {
    private static final Path FOLDER = Path.of("bench", "results");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final List<Path> files;

    Results() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        }
    }

    /** What a bench found, and where the same stands for people. */
    record Result(String page, JsonNode json) {
        JsonNode figures() {
            return json.get("figures");
        }

        /** Where and when it was measured. */
        String where() {
            JsonNode machine = json.get("machine");
            return "%s, `%s`, %s with %d cores, %s, Java %s; [result](../bench/results/%s)"
                    .formatted(
                            json.get("date").asString(),
                            json.get("command").asString(),
                            machine.get("processor").asString(),
                            machine.get("cores").asInt(),
                            machine.get("system").asString(),
                            machine.get("java").asString(),
                            page);
        }
    }

    Optional<Result> of(String bench) {
        return files.stream()
                .filter(file -> file.getFileName().toString().endsWith("-" + bench + ".json"))
                .findFirst()
                .map(file -> new Result(
                        file.getFileName().toString().replace(".json", ".md"), MAPPER.readTree(file.toFile())));
    }
}
