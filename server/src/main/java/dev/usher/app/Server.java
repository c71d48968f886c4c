package dev.usher.app;

import dev.usher.account.AccountRoom;
import dev.usher.backend.BackendApi;
import dev.usher.base.Clock;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.client.ClientRoutes;
import dev.usher.client.ClientView;
import dev.usher.client.Clients;
import dev.usher.console.Bundles;
import dev.usher.console.DevelopmentPages;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Courier;
import dev.usher.delivery.Outbox;
import dev.usher.delivery.Sender;
import dev.usher.delivery.SmtpMailer;
import dev.usher.factor.Codes;
import dev.usher.factor.Passwords;
import dev.usher.handshake.HandshakeRoutes;
import dev.usher.handshake.Handshakes;
import dev.usher.handshake.RefreshRoutes;
import dev.usher.handshake.Refreshes;
import dev.usher.http.Edge;
import dev.usher.http.HealthRoutes;
import dev.usher.http.Listener;
import dev.usher.http.Router;
import dev.usher.instance.EnvironmentRoutes;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.session.ActivityLog;
import dev.usher.session.FreshProof;
import dev.usher.session.SessionJson;
import dev.usher.session.SessionRoutes;
import dev.usher.session.Sessions;
import dev.usher.session.UserAgents;
import dev.usher.signin.SignInRoom;
import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import dev.usher.token.Crypto;
import dev.usher.token.KeyRing;
import dev.usher.token.KeyRings;
import dev.usher.token.Minter;
import dev.usher.token.TokenRoutes;
import dev.usher.user.Identifiers;
import dev.usher.user.MeRoutes;
import dev.usher.user.Users;
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

/** The wiring: every part made once, from the ground up, and closed in the opposite order. */
final class Server implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Config config;
    private final Clock clock = new Clock(InstantSource.system());
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Router frontend = new Router();
    private final Router backend = new Router();
    private final Router pages = new Router();
    private final Instances instances;
    private final KeyRings keys;
    private final Listener listener;

    private Server(Config config, Path home) {
        this.config = config;
        Optional<DataFolder> folder = config.data().map(DataFolder::take).map(this::closing);
        Vault vault = new Vault(Base64.getDecoder().decode(masterKey(folder).reveal()), randomness);
        Store store = closing(folder.<Store>map(data -> SqliteStore.open(
                        data.database(),
                        config.store().readers(),
                        config.store().queue()))
                .orElseGet(SqliteStore::inMemory));
        Crypto crypto = Crypto.best();
        instances = Instances.open(store, declared(), vault, ids, randomness, clock.instant());
        keys = KeyRings.open(store, instances.all(), vault, crypto, clock.instant());
        Outbox outbox = outbox(store, vault);
        Edge edge = features(store, vault, outbox);
        if (config.isDevelopment()) new DevelopmentPages(store, outbox, clock, Version.text()).mount(pages);
        new Bundles(home.resolve("npm")).mount(pages);
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

    private Secret masterKey(Optional<DataFolder> folder) {
        return config.masterKey()
                .or(() -> folder.map(data -> data.masterKey(randomness)))
                .orElseGet(() -> Secret.of(Base64.getEncoder().encodeToString(randomness.bytes(32))));
    }

    private List<Instances.Declared> declared() {
        return config.instances().stream().map(this::declared).toList();
    }

    private Instances.Declared declared(Config.InstanceConfig declared) {
        String listened =
                (config.listen().certificate().isPresent() ? "https" : "http") + "://localhost:" + config.port();
        return new Instances.Declared(
                declared.name(),
                declared.isDevelopment(),
                declared.frontendApiHost(),
                declared.publicUrl().or(config::publicUrl).orElse(listened),
                declared.secretKey(),
                declared.settings());
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

    private Edge features(Store store, Vault vault, Outbox outbox) {
        Passwords passwords = closing(new Passwords(
                config.hashing().slots(),
                config.hashing().queue(),
                config.hashing().patience()));
        Codes codes = new Codes(vault, ids, randomness, outbox);
        Users users = new Users(ids);
        Clients clients = new Clients(store, ids, randomness);
        ActivityLog activityLog = new ActivityLog(store);
        Sessions sessions = new Sessions(store, clients, clients, users, new UserAgents(ids), activityLog, ids);
        Minter minter = new Minter(keys, ids);
        SessionJson sessionJson = new SessionJson(minter);
        SignInRoom signIn = new SignInRoom(store, clients, sessions, users, passwords, codes, ids);
        ClientView view = new ClientView(store, clients, sessions, sessionJson, signIn);

        new HealthRoutes(store).mount(frontend);
        new EnvironmentRoutes().mount(frontend);
        new ClientRoutes(store, clients, sessions, view).mount(frontend);
        new SessionRoutes(sessions, sessionJson).mount(frontend);
        new TokenRoutes(sessions, minter, keys).mount(frontend, backend);
        FreshProof freshProof = new FreshProof(sessions);
        new MeRoutes(
                        store,
                        users,
                        (tx, exchange) -> sessions.current(tx, exchange).userId(),
                        freshProof,
                        (tx, exchange, userId) ->
                                sessions.revokeAllOf(tx, Instance.of(exchange), userId, exchange.now()))
                .mount(frontend);
        new AccountRoom(store, sessions, users, new Identifiers(ids), codes, freshProof).mount(frontend);
        Handshakes handshakes = new Handshakes(store, clients, sessions, minter, vault, randomness);
        new HandshakeRoutes(handshakes).mount(frontend, backend);
        new RefreshRoutes(new Refreshes(store, clients, sessions, randomness), sessions, minter).mount(backend);
        signIn.mount(frontend);
        new BackendApi(store, ids, instances, users, sessions, passwords, codes).mount(backend);
        closing(new Housekeeping(store, clock, activityLog, sessions, signIn, clients, codes, outbox, handshakes));
        return new Edge(
                instances,
                frontend,
                backend,
                pages,
                view,
                ids,
                clock,
                config.listen().trustedProxies());
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

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }
}
