package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.delivery.Outbox;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.user.CurrentUser;
import dev.usher.user.Users;
import java.time.Instant;

/** The door of this room: its verbs for whoever needs no permission, and its endpoints for members. */
public final class OrganizationRoom {
    private final Store store;
    private final Users users;
    private final Permissions permissions;
    private final Roles roles;
    private final Memberships memberships;
    private final Organizations organizations;
    private final Invitations invitations;
    private final Logos logos;

    public OrganizationRoom(
            Store store, Users users, MemberSessions sessions, Outbox outbox, Randomness randomness, Ids ids) {
        this.store = store;
        this.users = users;
        this.permissions = new Permissions(ids);
        this.roles = new Roles(permissions, ids);
        this.memberships = new Memberships(sessions, users, roles, ids);
        this.organizations = new Organizations(memberships, sessions, users, ids);
        this.invitations = new Invitations(memberships, roles, users, outbox, randomness, ids);
        this.logos = new Logos(organizations, ids);
    }

    /** Brings the roles and permissions that the instance's settings declare. */
    public OrganizationRoom declare(Instance instance, Instant now) {
        store.change(tx -> roles.declare(tx, instance, now));
        return this;
    }

    public void mount(Router frontend, CurrentUser currentUser) {
        Authority authority = new Authority(store, currentUser, memberships);
        new OrganizationRoutes(store, authority, organizations, roles, logos).mount(frontend);
        new MembershipRoutes(authority, memberships, invitations).mount(frontend);
        new MyOrganizationRoutes(store, authority, users, memberships, invitations).mount(frontend);
    }

    public Permissions permissions() {
        return permissions;
    }

    public Roles roles() {
        return roles;
    }

    public Memberships memberships() {
        return memberships;
    }

    public Organizations organizations() {
        return organizations;
    }

    public Invitations invitations() {
        return invitations;
    }

    public Logos logos() {
        return logos;
    }
}
