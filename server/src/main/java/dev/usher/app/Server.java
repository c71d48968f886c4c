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
import dev.usher.http.Exchange;
import dev.usher.http.HealthRoutes;
import dev.usher.http.Listener;
import dev.usher.http.Router;
import dev.usher.instance.EnvironmentRoutes;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.OrganizationRoom;
import dev.usher.reverification.ReverificationRoom;
import dev.usher.session.ActivityLog;
import dev.usher.session.FreshProof;
import dev.usher.session.SessionJson;
import dev.usher.session.SessionRoutes;
import dev.usher.session.Sessions;
import dev.usher.session.UserAgents;
import dev.usher.signin.SignInRoom;
import dev.usher.store.Leases;
import dev.usher.store.PostgresStore;
import dev.usher.store.SqliteStore;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.token.Crypto;
import dev.usher.token.JwtTemplates;
import dev.usher.token.KeyRing;
import dev.usher.token.KeyRings;
import dev.usher.token.KeyRotation;
import dev.usher.token.LargeTokens;
import dev.usher.token.Minter;
import dev.usher.token.ReadyTemplates;
import dev.usher.token.TokenRoutes;
import dev.usher.user.CurrentUser;
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
import tools.jackson.databind.JsonNode;

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
    private final List<KeyRotation> rotations;
    private final Listener listener;

    private Server(Config config, Path home) {
        this.config = config;
        Optional<DataFolder> folder = config.data().map(DataFolder::take).map(this::closing);
        Vault vault = new Vault(Base64.getDecoder().decode(masterKey(folder).reveal()), randomness);
        Store store = closing(store(folder));
        Crypto crypto = Crypto.best();
        instances = Instances.open(store, config.allDeclared(), vault, ids, randomness, clock.instant());
        keys = KeyRings.open(store, instances.all(), vault, crypto, System::nanoTime, clock.instant());
        rotations = instances.all().stream()
                .map(instance -> new KeyRotation(store, instance, vault, crypto, ids))
                .toList();
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

    private Passwords passwords() {
        Config.HashingConfig hashing = config.hashing();
        return new Passwords(hashing.slots(), hashing.queue(), hashing.patience());
    }

    private Edge features(Store store, Vault vault, Outbox outbox) {
        Passwords passwords = closing(passwords());
        Codes codes = new Codes(vault, ids, randomness, outbox);
        Users users = new Users(ids);
        Clients clients = new Clients(store, ids, randomness);
        ActivityLog activityLog = new ActivityLog(store);
        Sessions sessions = new Sessions(store, clients, clients, users, new UserAgents(ids), activityLog, ids);
        ReadyTemplates templates = new ReadyTemplates(vault);
        Minter minter = new Minter(keys, store, users, templates, new LargeTokens(), ids);
        SessionJson sessionJson = new SessionJson(minter);
        FactorParts factors = FactorParts.of(store, users, passwords, codes, vault, randomness, ids, clock);
        SignInRoom signIn = new SignInRoom(store, clients, sessions, users, factors.forSignIn(), ids);
        ReverificationRoom reverification =
                new ReverificationRoom(store, clients, sessions, sessionJson, factors.factors(), factors.limits(), ids);
        ClientView view = new ClientView(store, clients, sessions, sessionJson, signIn);

        new HealthRoutes(store).mount(frontend);
        new EnvironmentRoutes().mount(frontend);
        new ClientRoutes(store, clients, sessions, view).mount(frontend);
        new SessionRoutes(sessions, sessionJson).mount(frontend);
        new TokenRoutes(sessions, minter, keys).mount(frontend, backend);
        CurrentUser currentUser =
                (tx, exchange) -> sessions.current(tx, exchange).userId();
        OrganizationRoom organizations = organizations(store, users, sessions, outbox);
        organizations.mount(frontend, pages, currentUser);
        mountAccount(store, sessions, users, factors, currentUser);
        reverification.mount(frontend);
        Handshakes handshakes = handshakes(store, clients, sessions, minter, vault);
        signIn.mount(frontend);
        var jwtTemplates = new JwtTemplates(store, instances, vault, templates, ids, clock.instant());
        var rooms = new BackendApi.Rooms(users, sessions, codes, organizations, jwtTemplates);
        new BackendApi(store, ids, instances, rooms, passwords, factors.newPasswords()).mount(backend);
        List<Housekeeping.Sweep> sweeps = List.of(
                codes::sweep, factors.passkeys()::sweep, reverification::sweep, handshakes::sweep, outbox::sweep);
        closing(new Housekeeping(
                store, clock, activityLog, sessions, signIn, clients, sweeps, rotations, leases(store)));
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

    private void mountAccount(
            Store store, Sessions sessions, Users users, FactorParts factors, CurrentUser currentUser) {
        FreshProof freshProof = new FreshProof(sessions);
        new MeRoutes(store, users, currentUser, freshProof, Server::affiliations).mount(frontend);
        new AccountRoom(
                        store,
                        sessions,
                        users,
                        new Identifiers(ids),
                        factors.forAccounts(),
                        freshProof,
                        Server::affiliations)
                .mount(frontend);
    }

    private Handshakes handshakes(Store store, Clients clients, Sessions sessions, Minter minter, Vault vault) {
        Handshakes handshakes = new Handshakes(store, clients, sessions, minter, vault, randomness);
        new HandshakeRoutes(handshakes).mount(frontend, backend);
        new RefreshRoutes(new Refreshes(store, clients, sessions, randomness), sessions, minter).mount(backend);
        return handshakes;
    }

    /** The owner's name is for people; the random part makes it this process's own. */
    private Leases leases(Store store) {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        String owner = ProcessHandle.current().pid() + "@" + host + " " + ids.trace();
        return new Leases(store, owner, InstantSource.system());
    }

    /** Sessions and memberships end with an account. */
    private OrganizationRoom organizations(Store store, Users users, Sessions sessions, Outbox outbox) {
        OrganizationRoom room = new OrganizationRoom(store, users, sessions, outbox, randomness, ids);
        instances.all().forEach(instance -> room.declare(instance, clock.instant()));
        users.beforeDeletion(sessions::revokeAllOf);
        users.beforeDeletion(room.memberships()::userGoes);
        return room;
    }

    private static JsonNode affiliations(Tx tx, Exchange exchange, String userId) {
        var memberships = ActiveOrganizations.membershipsOf(tx, Instance.of(exchange), userId, exchange.now());
        return OrganizationJson.memberships(exchange, memberships);
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
