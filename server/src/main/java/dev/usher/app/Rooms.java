package dev.usher.app;

import dev.usher.account.AccountRoom;
import dev.usher.backend.BackendApi;
import dev.usher.base.Figure;
import dev.usher.base.Ids;
import dev.usher.base.Watch;
import dev.usher.client.ClientRoutes;
import dev.usher.client.ClientView;
import dev.usher.client.Clients;
import dev.usher.client.ServerClients;
import dev.usher.doctor.DoctorRoutes;
import dev.usher.doctor.Incidents;
import dev.usher.factor.Codes;
import dev.usher.factor.Passwords;
import dev.usher.handshake.HandshakeRoutes;
import dev.usher.handshake.Handshakes;
import dev.usher.handshake.RefreshRoutes;
import dev.usher.handshake.Refreshes;
import dev.usher.http.Exchange;
import dev.usher.http.HealthRoutes;
import dev.usher.http.Router;
import dev.usher.instance.EnvironmentRoutes;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.organization.OrganizationJson;
import dev.usher.organization.OrganizationRoom;
import dev.usher.picture.PictureRoutes;
import dev.usher.reverification.ReverificationRoom;
import dev.usher.session.ActivityLog;
import dev.usher.session.FreshProof;
import dev.usher.session.ServerSessions;
import dev.usher.session.SessionJson;
import dev.usher.session.SessionRoutes;
import dev.usher.session.Sessions;
import dev.usher.session.UserAgents;
import dev.usher.signin.SignInRoom;
import dev.usher.store.Leases;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.ticket.TicketRoom;
import dev.usher.token.JwtTemplates;
import dev.usher.token.KeyRotation;
import dev.usher.token.LargeTokens;
import dev.usher.token.Minter;
import dev.usher.token.ReadyTemplates;
import dev.usher.token.ServerTokenRoutes;
import dev.usher.token.TokenRoutes;
import dev.usher.user.CurrentUser;
import dev.usher.user.Identifiers;
import dev.usher.user.MeRoutes;
import dev.usher.user.ProfileImageRoutes;
import dev.usher.user.ProfileImages;
import dev.usher.user.Users;
import dev.usher.webhook.Webhooks;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Every room, built once from the ground up, and where its routes are mounted. */
final class Rooms {
    private final Ground ground;
    private final Users users;
    private final Clients clients;
    private final Sessions sessions;
    private final SessionJson sessionJson;
    private final ActivityLog activityLog;
    private final Passwords passwords;
    private final Codes codes;
    private final FactorParts factors;
    private final ReadyTemplates templates;
    private final LargeTokens largeTokens = new LargeTokens();
    private final Minter minter;
    private final SignInRoom signIn;
    private final ReverificationRoom reverification;
    private final OrganizationRoom organizations;
    private final TicketRoom tickets;
    private final Handshakes handshakes;
    private final ClientView view;
    private final WebhookParts webhooks;
    private final Incidents incidents = new Incidents();

    Rooms(Ground ground) {
        this.ground = ground;
        Store store = ground.store();
        Ids ids = ground.ids();
        users = new Users(ids);
        clients = new Clients(store, ids, ground.randomness());
        activityLog = new ActivityLog(store);
        sessions = new Sessions(store, clients, clients, users, new UserAgents(ids), activityLog, ids);
        templates = new ReadyTemplates(ground.vault());
        minter = new Minter(ground.keys(), store, users, templates, largeTokens, ids, ground.watch());
        sessionJson = new SessionJson(minter);
        passwords = passwords(ground.config().hashing(), ground.watch());
        codes = new Codes(ground.vault(), ids, ground.randomness(), ground.outbox());
        factors = FactorParts.of(users, passwords, codes, ground);
        organizations = organizations();
        tickets = TicketRoom.of(users, organizations.invitations(), ground.outbox(), ground.randomness(), ids);
        signIn = new SignInRoom(store, clients, sessions, users, tickets.tickets(), factors.forSignIn(), ids);
        reverification =
                new ReverificationRoom(store, clients, sessions, sessionJson, factors.factors(), factors.limits(), ids);
        handshakes = new Handshakes(store, clients, sessions, minter, ground.vault(), ground.randomness());
        view = new ClientView(store, clients, sessions, sessionJson, signIn);
        webhooks = new WebhookParts(ground);
    }

    private static Passwords passwords(Config.HashingConfig hashing, Watch watch) {
        return new Passwords(hashing.slots(), hashing.queue(), hashing.patience(), watch);
    }

    /** Sessions and memberships end with an account. */
    private OrganizationRoom organizations() {
        OrganizationRoom room = new OrganizationRoom(
                ground.store(), users, sessions, ground.outbox(), ground.randomness(), ground.ids());
        ground.instances().all().forEach(instance -> room.declare(instance, ground.now()));
        users.beforeDeletion(sessions::revokeAllOf);
        users.beforeDeletion(room.memberships()::userGoes);
        return room;
    }

    void mount(Doors doors) {
        new HealthRoutes(ground.store()).mount(doors.frontend());
        new EnvironmentRoutes().mount(doors.frontend());
        new ClientRoutes(ground.store(), clients, sessions, view).mount(doors.frontend());
        new SessionRoutes(sessions, sessionJson).mount(doors.frontend());
        new TokenRoutes(sessions, minter, ground.keys()).mount(doors.frontend(), doors.backend());
        organizations.mount(doors.frontend(), currentUser());
        new PictureRoutes(ground.store()).mount(doors.pages());
        signIn.mount(doors.frontend());
        reverification.mount(doors.frontend());
        mountAccount(doors.frontend());
        mountForServers(doors);
        mountBackend(doors.backend());
    }

    private void mountAccount(Router frontend) {
        FreshProof freshProof = new FreshProof(sessions);
        new MeRoutes(ground.store(), users, currentUser(), freshProof, Rooms::affiliations).mount(frontend);
        new ProfileImageRoutes(ground.store(), users, currentUser(), new ProfileImages(ground.ids())).mount(frontend);
        new AccountRoom(
                        ground.store(),
                        sessions,
                        users,
                        new Identifiers(ground.ids()),
                        factors.forAccounts(),
                        freshProof,
                        Rooms::affiliations)
                .mount(frontend);
    }

    private void mountForServers(Doors doors) {
        new HandshakeRoutes(handshakes, incidents).mount(doors.frontend(), doors.backend());
        new DoctorRoutes(incidents, Version.text()).mount(doors.pages());
        Refreshes refreshes = new Refreshes(ground.store(), clients, sessions, ground.randomness());
        new RefreshRoutes(refreshes, sessions, minter).mount(doors.backend());
    }

    private void mountBackend(Router backend) {
        var jwtTemplates = new JwtTemplates(
                ground.store(), ground.instances(), ground.vault(), templates, ground.ids(), ground.now());
        ServerSessions serverSessions = new ServerSessions(ground.store(), sessions);
        new ServerTokenRoutes(serverSessions, minter).mount(backend);
        var rooms = new BackendApi.Rooms(
                users,
                sessions,
                serverSessions,
                new ServerClients(ground.ids(), ground.randomness()),
                factors.forServers(passwords),
                organizations,
                jwtTemplates,
                tickets);
        new BackendApi(ground.store(), ground.ids(), ground.instances(), rooms).mount(backend);
    }

    private CurrentUser currentUser() {
        return (tx, exchange) -> sessions.current(tx, exchange).userId();
    }

    private static JsonNode affiliations(Tx tx, Exchange exchange, String userId) {
        var memberships = ActiveOrganizations.membershipsOf(tx, Instance.of(exchange), userId, exchange.now());
        return OrganizationJson.memberships(exchange, memberships);
    }

    /** What is cleared away from time to time. */
    Housekeeping housekeeping(List<KeyRotation> rotations, Leases leases) {
        List<Housekeeping.Sweep> sweeps = List.of(
                codes::sweep,
                factors.passkeys()::sweep,
                reverification::sweep,
                handshakes::sweep,
                tickets.entryTokens()::sweep,
                ground.outbox()::sweep,
                webhooks.webhooks()::sweep);
        return new Housekeeping(
                ground.store(),
                ground.clock(),
                activityLog,
                sessions,
                signIn,
                clients,
                sweeps,
                rotations,
                leases,
                now -> webhooks.tellExpired(sessions, now));
    }

    /** Tells apps of events until it is closed. */
    AutoCloseable openWebhooks() {
        return webhooks.open(users, sessions, organizations);
    }

    Webhooks webhooks() {
        return webhooks.webhooks();
    }

    /** What the rooms count. */
    List<Figure> figures() {
        return Stream.concat(largeTokens.figures().stream(), passwords.figures().stream())
                .toList();
    }

    Passwords passwords() {
        return passwords;
    }

    ClientView view() {
        return view;
    }

    Incidents incidents() {
        return incidents;
    }
}
