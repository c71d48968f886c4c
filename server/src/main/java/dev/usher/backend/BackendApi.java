package dev.usher.backend;

import dev.usher.base.Ids;
import dev.usher.factor.Codes;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passwords;
import dev.usher.factor.TestingTokens;
import dev.usher.http.Router;
import dev.usher.instance.Instances;
import dev.usher.organization.Memberships;
import dev.usher.organization.OrganizationRoom;
import dev.usher.organization.Organizations;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.ticket.TicketRoom;
import dev.usher.token.JwtTemplates;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Accounts;
import dev.usher.user.Identifier;
import dev.usher.user.Identifiers;
import dev.usher.user.UserSearch;
import dev.usher.user.Users;

/** The Backend API, resource by resource. */
public final class BackendApi {
    private final Store store;
    private final Ids ids;
    private final Instances instances;
    private final Users users;
    private final Sessions sessions;
    private final Codes codes;
    private final OrganizationRoom organizations;
    private final JwtTemplates jwtTemplates;
    private final TicketRoom tickets;
    private final TestingTokens testingTokens;
    private final Passwords passwords;
    private final NewPasswords newPasswords;
    private final Accounts accounts;

    /** What the resources are made of. */
    public record Rooms(
            Users users,
            Sessions sessions,
            Codes codes,
            OrganizationRoom organizations,
            JwtTemplates jwtTemplates,
            TicketRoom tickets,
            TestingTokens testingTokens) {}

    public BackendApi(
            Store store, Ids ids, Instances instances, Rooms rooms, Passwords passwords, NewPasswords newPasswords) {
        this.store = store;
        this.ids = ids;
        this.instances = instances;
        this.users = rooms.users();
        this.sessions = rooms.sessions();
        this.codes = rooms.codes();
        this.organizations = rooms.organizations();
        this.jwtTemplates = rooms.jwtTemplates();
        this.tickets = rooms.tickets();
        this.testingTokens = rooms.testingTokens();
        this.passwords = passwords;
        this.newPasswords = newPasswords;
        this.accounts = new Accounts(ids, users);
    }

    public void mount(Router backend) {
        new InstanceRoutes(instances).mount(backend);
        new InstanceSettingsRoutes(store, instances, organizations.roles()).mount(backend);
        new JwtTemplateRoutes(jwtTemplates).mount(backend);
        var emailAddresses = new AccountIdentifiers(ids, accounts, Identifier.Kind.EMAIL_ADDRESS);
        var phoneNumbers = new AccountIdentifiers(ids, accounts, Identifier.Kind.PHONE_NUMBER);
        var newPassword = new NewPassword(passwords, newPasswords);
        var writes = new UserWrites(store, accounts, emailAddresses, phoneNumbers, newPassword, sessions);
        new UserRoutes(store, users, new UserSearch(), writes).mount(backend);
        new UserStateRoutes(store, accounts, sessions, passwords).mount(backend);
        mount(backend, emailAddresses, Identifier.Kind.EMAIL_ADDRESS);
        mount(backend, phoneNumbers, Identifier.Kind.PHONE_NUMBER);
        mountOrganizations(backend);
        mountTickets(backend);
    }

    private void mountTickets(Router backend) {
        new EntryTokenRoutes(store, users, organizations.memberships(), tickets.entryTokens()).mount(backend);
        new InvitationRoutes(store, tickets.invitations()).mount(backend);
        new TestingTokenRoutes(testingTokens).mount(backend);
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
        new IdentifierCodeRoutes(store, identifiers, codes, kind).mount(backend);
    }
}
