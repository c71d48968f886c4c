package dev.usher.app;

import java.util.Optional;

/** The keys under {@code metrics} and {@code traces}. */
final class ObserveConfigReader {
    private final ConfigValues values;

    ObserveConfigReader(ConfigValues values) {
        this.values = values;
    }

    Config.ObserveConfig read() {
        Optional<String> endpoint = values.text("traces.endpoint");
        endpoint.filter(text -> !text.matches("https?://[^/\\s]+(/\\S*)?"))
                .ifPresent(text -> values.fault(
                        "traces.endpoint: must be such as http://collector.example.com:4318/v1/traces, not " + text));
        return new Config.ObserveConfig(
                values.text("metrics.host", "127.0.0.1"),
                port(),
                endpoint,
                values.number("traces.percent", 10, 0, 100));
    }

    private Optional<Integer> port() {
        return values.text("metrics.port", "off").equals("off")
                ? Optional.empty()
                : Optional.of(values.number("metrics.port", 0, 0, 65_535));
    }
}
