package dev.usher.app;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.store.PostgresStore;
import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/** An instance's data, opened by a command instead of a server. */
final class OpenData implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Vault vault;
    private final Store store;
    private final Instance instance;

    private OpenData(Config config, Path folder, Optional<DataFolder> owned, boolean readsAlone) {
        this(
                config,
                config.masterKey().orElseGet(() -> DataFolder.masterKey(folder, new Randomness())),
                owned.isPresent()
                        ? SqliteStore.open(DataFolder.database(folder), 1, 16)
                        : SqliteStore.beside(DataFolder.database(folder)),
                owned,
                readsAlone);
    }

    private OpenData(Config config, Secret masterKey, Store store, Optional<DataFolder> owned, boolean readsAlone) {
        owned.ifPresent(open::push);
        open.push(store);
        this.store = store;
        vault = new Vault(Base64.getDecoder().decode(masterKey.reveal()), randomness);
        instance = readsAlone
                ? Instances.read(store, config.declared())
                : Instances.openForCommand(store, config.declared(), vault, ids, randomness, Instant.now());
    }

    /** On PostgreSQL a command is one more node. */
    private static OpenData onPostgres(
            Config config, Function<PostgresStore.Settings, Store> opening, boolean readsAlone) {
        Store store = opening.apply(config.store().postgres().orElseThrow().withConnections(1));
        return new OpenData(config, config.masterKey().orElseThrow(), store, Optional.empty(), readsAlone);
    }

    /** For work that no server may be running beside on SQLite; an instance is made where there is none. */
    static OpenData alone(Config config) {
        if (config.store().postgres().isPresent()) return onPostgres(config, PostgresStore::open, false);
        Path folder = config.data().orElseThrow();
        return new OpenData(config, folder, Optional.of(DataFolder.take(folder)), false);
    }

    /** For short work that a running server takes notice of. */
    static OpenData beside(Config config) {
        if (config.store().postgres().isPresent()) return onPostgres(config, PostgresStore::beside, false);
        Path folder = DataFolder.existing(config.data().orElseThrow());
        return new OpenData(config, folder, DataFolder.takeIfFree(folder), false);
    }

    /** For looking at what a server of this version has left or works on; nothing is changed or made. */
    static OpenData reading(Config config) {
        if (config.store().postgres().isPresent()) return onPostgres(config, PostgresStore::beside, true);
        return new OpenData(config, DataFolder.existing(config.data().orElseThrow()), Optional.empty(), true);
    }

    Randomness randomness() {
        return randomness;
    }

    Ids ids() {
        return ids;
    }

    Vault vault() {
        return vault;
    }

    Store store() {
        return store;
    }

    Instance instance() {
        return instance;
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }
}
