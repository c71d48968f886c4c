package dev.usher.store;

import dev.usher.testing.PostgresServer;
import java.time.Duration;
import java.util.function.Function;

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
            String database = newDatabase();
            return new Passing(open(database), database);
        }
    };

    /** A store whose database goes with it. */
    private record Passing(Store store, String database) implements Store {
        @Override
        public <T> T read(Function<Tx, T> work) {
            return store.read(work);
        }

        @Override
        public <T> T glance(Function<Tx, T> work) {
            return store.glance(work);
        }

        @Override
        public <T> T write(Function<WriteTx, T> work) {
            return store.write(work);
        }

        @Override
        public void watchedBy(Witness.Calling witnesses) {
            store.watchedBy(witnesses);
        }

        @Override
        public void close() {
            store.close();
            PostgresServer.shared().drop(database);
        }
    }

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
                PostgresAddress.parse(url).orElseThrow(), 2, 4, 4096, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }
}
