package dev.usher.app;

import dev.usher.base.Clock;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.console.Bundles;
import dev.usher.console.DevelopmentPages;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Courier;
import dev.usher.delivery.Outbox;
import dev.usher.delivery.Sender;
import dev.usher.delivery.SmtpMailer;
import dev.usher.http.Edge;
import dev.usher.http.Listener;
import dev.usher.http.Probes;
import dev.usher.instance.Instances;
import dev.usher.store.Leases;
import dev.usher.store.PostgresStore;
import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import dev.usher.store.WatchedStore;
import dev.usher.token.Crypto;
import dev.usher.token.KeyRing;
import dev.usher.token.KeyRings;
import dev.usher.token.KeyRotation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The wiring: every part made once, from the ground up, and closed in the opposite order. */
final class Server implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Config config;
    private final Clock clock = new Clock(InstantSource.system());
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Doors doors = new Doors();
    private final Instances instances;
    private final KeyRings keys;
    private final List<KeyRotation> rotations;
    private final Observation observation;
    private final Listener listener;

    private Server(Config config, Path home) {
        this.config = config;
        Optional<DataFolder> folder = config.data().map(DataFolder::take).map(this::closing);
        Vault vault = new Vault(Base64.getDecoder().decode(masterKey(folder).reveal()), randomness);
        observation = closing(new Observation(config.observe()));
        Store store = watched(closing(store(folder)));
        Crypto crypto = Crypto.best();
        instances = Instances.open(store, config.allDeclared(), vault, ids, randomness, clock.instant());
        keys = KeyRings.open(store, instances.all(), vault, crypto, System::nanoTime, clock.instant());
        rotations = instances.all().stream()
                .map(instance -> new KeyRotation(store, instance, vault, crypto, ids))
                .toList();
        Outbox outbox = outbox(store, vault);
        Edge edge = edge(
                new Ground(config, store, vault, outbox, instances, keys, clock, randomness, ids, observation.watch()));
        new Bundles(home.resolve("npm")).mount(doors.pages());
        listener = closing(
                new Listener(config.host(), config.port(), config.listen().certificate(), edge));
    }

    /** Starts everything; what was opened is closed again when a later part does not start.
     *
     * @param home the folder of the installation, with the published bundles under {@code npm}
     */
    static Server start(Config config, Path home) {
        return new Server(config, home);
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    private Store watched(Store store) {
        return observation.isOn() ? new WatchedStore(store, observation.watch()) : store;
    }

    private Store store(Optional<DataFolder> folder) {
        Config.StoreConfig store = config.store();
        if (store.postgres().isPresent())
            return PostgresStore.open(store.postgres().get());
        return folder.<Store>map(data -> SqliteStore.open(data.database(), store.readers(), store.queue()))
                .orElseGet(SqliteStore::inMemory);
    }

    private Secret masterKey(Optional<DataFolder> folder) {
        return config.masterKey()
                .or(() -> folder.map(data -> data.masterKey(randomness)))
                .orElseGet(() -> Secret.of(Base64.getEncoder().encodeToString(randomness.bytes(32))));
    }

    private Outbox outbox(Store store, Vault vault) {
        Semaphore wake = new Semaphore(0);
        Map<Channel, Sender> senders = new EnumMap<>(Channel.class);
        config.mail().ifPresent(mail -> senders.put(Channel.EMAIL, new SmtpMailer(mail)));
        config.sms().ifPresent(sms -> senders.put(Channel.SMS, sms));
        Set<Channel> kept = EnumSet.allOf(Channel.class);
        kept.removeAll(senders.keySet());
        Outbox outbox = new Outbox(vault, ids, kept, wake::release);
        if (!senders.isEmpty()) closing(new Courier(store, outbox, senders, clock, wake));
        return outbox;
    }

    private Edge edge(Ground ground) {
        Rooms rooms = new Rooms(ground);
        closing(rooms.passwords());
        rooms.mount(doors);
        if (config.isDevelopment())
            new DevelopmentPages(ground.store(), ground.outbox(), rooms.webhooks(), clock, Version.text())
                    .mount(doors.pages());
        closing(rooms.openWebhooks());
        Leases leases = leases(ground.store());
        closing(rooms.housekeeping(rotations, leases));
        Edge edge = new Edge(
                instances,
                doors.frontend(),
                doors.backend(),
                doors.pages(),
                rooms.view(),
                ids,
                clock,
                config.listen().trustedProxies(),
                rooms.incidents(),
                new Probes(new Readiness(ground.store(), instances, keys, config.data(), clock)),
                observation.watch());
        if (observation.countsAnything()) count(ground, rooms, edge, leases);
        return edge;
    }

    private void count(Ground ground, Rooms rooms, Edge edge, Leases leases) {
        Samples samples = closing(new Samples(ground.store(), ground.outbox(), leases));
        observation.listen(Stream.of(ground.store().figures(), rooms.figures(), edge.figures(), samples.figures())
                .flatMap(List::stream)
                .toList());
    }

    /** The owner's name is for people; the random part makes it this process's own. */
    private Leases leases(Store store) {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        String owner = ProcessHandle.current().pid() + "@" + host + " " + ids.trace();
        return new Leases(store, owner, InstantSource.system());
    }

    int port() {
        return listener.port();
    }

    Instances instances() {
        return instances;
    }

    /** The keys of the first instance. */
    KeyRing keys() {
        return keys.of(instances.instance());
    }

    /** The key that tokens are verified with offline. */
    String pem() {
        return keys().pem(clock.instant());
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }
}
