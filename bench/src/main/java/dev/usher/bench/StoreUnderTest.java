package dev.usher.bench;

import dev.usher.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A store of each kind, that keeps what it acknowledged also when the machine fails. */
sealed interface StoreUnderTest extends AutoCloseable {
    String name();

    /** What the server is started with. */
    Map<String, String> variables();

    String jdbcUrl();

    /** CPU time of the database's own processes; nothing where it has none. */
    Duration cpu();

    @Override
    void close();

    /** SQLite in the data folder of the server. */
    static Sqlite sqlite(Path folder) {
        return new Sqlite(folder.resolve("data").resolve("usher.db"));
    }

    static Postgres postgres() {
        PostgresServer server = PostgresServer.startDurable();
        return new Postgres(server, server.newDatabase());
    }

    record Sqlite(Path file) implements StoreUnderTest {
        @Override
        public String name() {
            return "SQLite";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public String jdbcUrl() {
            return "jdbc:sqlite:" + file;
        }

        @Override
        public Duration cpu() {
            return Duration.ZERO;
        }

        long bytes() throws IOException {
            return Files.size(file);
        }

        @Override
        public void close() {
            // Its file goes with the folder.
        }
    }

    record Postgres(PostgresServer server, String database) implements StoreUnderTest {
        private static final String MASTER_KEY = "YmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggYmVuY2ggMTI=";

        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of("USHER_STORE_URL", jdbcUrl(), "USHER_MASTER_KEY", MASTER_KEY);
        }

        @Override
        public String jdbcUrl() {
            return server.url(database);
        }

        @Override
        public Duration cpu() {
            return server.cpu();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
