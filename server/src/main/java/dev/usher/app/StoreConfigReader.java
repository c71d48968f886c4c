package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.store.PostgresAddress;
import dev.usher.store.PostgresStore;
import java.time.Duration;
import java.util.Optional;

/** The keys under {@code store}: which database, and how much is asked of it. */
final class StoreConfigReader {
    private static final String NO_ADDRESS = "store.url: must be such as postgres://usher@db.example.com:5432/usher";

    private final ConfigValues values;

    StoreConfigReader(ConfigValues values) {
        this.values = values;
    }

    Config.StoreConfig read() {
        Optional<PostgresAddress> address = address();
        Optional<String> user = values.text("store.user");
        Optional<Secret> password = values.secret("store.password");
        int readers = values.number("store.readers", 4, 1, 64);
        int writers = values.number("store.writers", 8, 1, 256);
        int queue = values.number("store.queue", 4096, 16, 1_000_000);
        Duration patience =
                values.span("store.patience", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(1));
        Duration statementTimeout = values.span(
                "store.statement-timeout", Duration.ofMillis(1500), Duration.ofMillis(100), Duration.ofMinutes(1));
        return new Config.StoreConfig(
                readers,
                queue,
                address.map(found -> new PostgresStore.Settings(
                        found.with(user, password), readers, writers, queue, patience, statementTimeout)));
    }

    private Optional<PostgresAddress> address() {
        Optional<String> url = values.text("store.url");
        Optional<PostgresAddress> address = url.flatMap(PostgresAddress::parse);
        if (url.isPresent() && address.isEmpty()) values.fault(NO_ADDRESS);
        url.ifPresent(text ->
                values.shown("store.url", address.map(PostgresAddress::toString).orElse("****")));
        return address;
    }
}
