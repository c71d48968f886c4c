package dev.usher.backend;

import dev.usher.base.Ids;
import dev.usher.client.ServerClients;
import dev.usher.factor.BackupCodes;
import dev.usher.factor.Codes;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passkeys;
import dev.usher.factor.Passwords;
import dev.usher.factor.TestingTokens;
import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Router;
import dev.usher.instance.Instances;
import dev.usher.organization.Memberships;
import dev.usher.organization.OrganizationRoom;
import dev.usher.organization.Organizations;
import dev.usher.session.ServerSessions;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.ticket.TicketRoom;
import dev.usher.token.JwtTemplates;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Accounts;
import dev.usher.user.Identifier;
import dev.usher.user.Identifiers;
import dev.usher.user.ProfileImages;
import dev.usher.user.UserSearch;
import dev.usher.user.Users;

/** The Backend API, resource by resource. */
public final class BackendApi {
    private final Store store;
    private final Ids ids;
    private final Instances instances;
    private final Users users;
    private final Sessions sessions;
    private final ServerSessions serverSessions;
    private final ServerClients clients;
    private final OrganizationRoom organizations;
    private final JwtTemplates jwtTemplates;
    private final TicketRoom tickets;
    private final FactorRoom factors;
    private final Accounts accounts;

    /** The factors that servers see and change. */
    public record FactorRoom(
            Passwords passwords,
            NewPasswords newPasswords,
            Codes codes,
            UserSecondFactors secondFactors,
            BackupCodes backupCodes,
            Passkeys passkeys,
            TestingTokens testingTokens) {}

    /** What the resources are made of. */
    public record Rooms(
            Users users,
            Sessions sessions,
            ServerSessions serverSessions,
            ServerClients clients,
            FactorRoom factors,
            OrganizationRoom organizations,
            JwtTemplates jwtTemplates,
            TicketRoom tickets) {}

    public BackendApi(Store store, Ids ids, Instances instances, Rooms rooms) {
        this.store = store;
        this.ids = ids;
        this.instances = instances;
        this.users = rooms.users();
        this.sessions = rooms.sessions();
        this.serverSessions = rooms.serverSessions();
        this.clients = rooms.clients();
        this.factors = rooms.factors();
        this.organizations = rooms.organizations();
        this.jwtTemplates = rooms.jwtTemplates();
        this.tickets = rooms.tickets();
        this.accounts = new Accounts(ids, users);
    }

    public void mount(Router backend) {
        new InstanceRoutes(instances).mount(backend);
        new InstanceSettingsRoutes(store, instances, organizations.roles()).mount(backend);
        new JwtTemplateRoutes(jwtTemplates).mount(backend);
        var emailAddresses = new AccountIdentifiers(ids, accounts, Identifier.Kind.EMAIL_ADDRESS);
        var phoneNumbers = new AccountIdentifiers(ids, accounts, Identifier.Kind.PHONE_NUMBER);
        var writes = new UserWrites(
                store,
                accounts,
                emailAddresses,
                phoneNumbers,
                new NewPassword(factors.passwords(), factors.newPasswords()),
                new BroughtFactors(factors.backupCodes()),
                factors.secondFactors(),
                sessions);
        new UserRoutes(store, users, new UserSearch(), writes).mount(backend);
        new UserStateRoutes(store, accounts, sessions, factors.passwords()).mount(backend);
        new SecondFactorRoutes(store, accounts, new Identifiers(ids), factors.secondFactors(), factors.passkeys())
                .mount(backend);
        new ProfileImageRoutes(store, users, new ProfileImages(ids)).mount(backend);
        new SessionRoutes(store, accounts, clients, serverSessions).mount(backend);
        new ClientRoutes(store, clients, serverSessions).mount(backend);
        mount(backend, emailAddresses, Identifier.Kind.EMAIL_ADDRESS);
        mount(backend, phoneNumbers, Identifier.Kind.PHONE_NUMBER);
        mountOrganizations(backend);
        mountTickets(backend);
    }

    private void mountTickets(Router backend) {
        new EntryTokenRoutes(store, users, organizations.memberships(), tickets.entryTokens()).mount(backend);
        new InvitationRoutes(store, tickets.invitations()).mount(backend);
        new TestingTokenRoutes(factors.testingTokens()).mount(backend);
    }

    private void mountOrganizations(Router backend) {
        Organizations all = organizations.organizations();
        Memberships memberships = organizations.memberships();
        new OrganizationRoutes(store, all, organizations.logos()).mount(backend);
        new OrganizationMembershipRoutes(store, accounts, all, memberships).mount(backend);
        new OrganizationInvitationRoutes(store, accounts, users, all, memberships, organizations.invitations())
                .mount(backend);
        new OrganizationRoleRoutes(store, organizations.roles(), organizations.permissions()).mount(backend);
        new OrganizationPermissionRoutes(store, organizations.permissions()).mount(backend);
    }

    private void mount(Router backend, AccountIdentifiers identifiers, Identifier.Kind kind) {
        var secondFactors = new SecondFactorNumbers(users, new Identifiers(ids));
        new IdentifierRoutes(store, accounts, identifiers, secondFactors, kind).mount(backend);
        new IdentifierCodeRoutes(store, identifiers, factors.codes(), kind).mount(backend);
    }
}
