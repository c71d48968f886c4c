package dev.usher.checks.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of checks that Node runs beside the published packages. */
final class Node {
    private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");

    private Node() {}

    /** Every check in the file passes, and there are so many of them. */
    static void passes(String file, int checks, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("node", "--test-reporter=tap", file)
                .directory(Path.of("clients").toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CLERK_TELEMETRY_DISABLED", "1");
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            Matcher passed = PASSED.matcher(output);
            assertThat(passed.find()).as(output).isTrue();
            assertThat(Integer.parseInt(passed.group(1))).as(output).isEqualTo(checks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
