package dev.usher.store;

import dev.usher.testing.PostgresServer;
import java.time.Duration;
import java.util.Optional;

/** Every database that tests of rooms with tables run on; a parameter of the test class. */
public enum TestStore {
    SQLITE {
        @Override
        public Store open() {
            return SqliteStore.inMemory();
        }
    },

    POSTGRES {
        @Override
        public Store open() {
            return open(newDatabase());
        }
    };

    private static final class Template {
        static final String NAME = make();

        private static String make() {
            String name = PostgresServer.shared().newDatabase();
            open(name).close();
            return name;
        }
    }

    /** An empty database with the newest schema. */
    public abstract Store open();

    static String newDatabase() {
        return PostgresServer.shared().newDatabase(Template.NAME);
    }

    static Store open(String database) {
        return PostgresStore.open(settings(PostgresServer.shared().url(database)));
    }

    static PostgresStore.Settings settings(String url) {
        return new PostgresStore.Settings(
                PostgresAddress.parse(url).orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                2,
                4,
                512,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }
}
