package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.OrganizationErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Change;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.UserFilter;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Takes people into organizations, changes what they are there, and lets them go. Asks nobody for permission. */
public final class Memberships {
    private final MemberSessions sessions;
    private final Users users;
    private final Roles roles;
    private final Ids ids;

    public Memberships(MemberSessions sessions, Users users, Roles roles, Ids ids) {
        this.sessions = sessions;
        this.users = users;
        this.roles = roles;
        this.ids = ids;
    }

    /** Who is to become what.
     *
     * @param roleKey such as {@code org:member}
     */
    public record Draft(String userId, String roleKey, JsonNode publicMetadata, JsonNode privateMetadata) {
        public static Draft of(String userId, String roleKey) {
            return new Draft(userId, roleKey, Json.object(), Json.object());
        }
    }

    /** What tells a membership from others. */
    public record Key(String organizationId, String userId) {
        static Key of(Membership membership) {
            return new Key(membership.organization().id(), membership.userId());
        }
    }

    /** A membership with its user, as other members see it. */
    public record Member(Membership membership, User user) {}

    /** What lists can be sorted by. */
    public enum Order {
        CREATED_AT("m.created_at"),
        EMAIL_ADDRESS("lower(e.email_address)"),
        USERNAME("lower(u.username)"),
        FIRST_NAME("lower(u.first_name)"),
        LAST_NAME("lower(u.last_name)");

        private final String column;

        Order(String column) {
            this.column = column;
        }

        String sql(boolean descending) {
            String direction = descending ? " desc" : "";
            return column + direction + ", m.id" + direction;
        }
    }

    /**
     * Which memberships to list.
     *
     * @param users whose memberships
     * @param query part of an e-mail address, a username or a name, or a whole user id
     * @param roles keys; none for every role
     */
    public record Filter(
            Optional<String> organizationId,
            UserFilter users,
            Optional<String> query,
            List<String> roles,
            Order order,
            boolean descending) {
        /** As many roles as an instance has. */
        static final int MOST_ROLES = Roles.MOST_CUSTOM + 2;

        /**
         * Within one organization, the newest first.
         *
         * @throws dev.usher.http.Refusal for more roles than an instance has
         */
        public static Filter of(String organizationId, Optional<String> query, List<String> roles) {
            return new Filter(Optional.of(organizationId), UserFilter.NONE, query, roles, Order.CREATED_AT, true);
        }

        public Filter {
            if (roles.size() > MOST_ROLES)
                throw Errors.invalidValue("role", "At most " + MOST_ROLES + " roles can be asked for.");
        }
    }

    public Optional<Membership> find(Tx tx, Instance instance, String organizationId, String userId, Instant now) {
        return MembershipStore.find(tx, instance.id(), organizationId, userId, now);
    }

    /** The membership.
     *
     * @throws dev.usher.http.Refusal when the user is no member
     */
    public Membership get(Tx tx, Instance instance, String organizationId, String userId, Instant now) {
        return find(tx, instance, organizationId, userId, now)
                .orElseThrow(() -> Errors.notFound("organization membership", userId));
    }

    /** A membership as other members see it. */
    public Member member(Tx tx, Instance instance, Membership membership) {
        return new Member(
                membership, users.find(tx, instance, membership.userId()).orElseThrow());
    }

    public Page.Of<Member> list(Tx tx, Instance instance, Filter filter, Page page, Instant now) {
        List<Member> members = MembershipStore.list(tx, instance.id(), filter, page, now).stream()
                .map(one -> member(tx, instance, one))
                .toList();
        return new Page.Of<>(members, MembershipStore.count(tx, instance.id(), filter));
    }

    /** What a user belongs to, the newest membership first. */
    public Page.Of<Membership> ofUser(Tx tx, Instance instance, String userId, Page page, Instant now) {
        return new Page.Of<>(
                MembershipStore.ofUser(tx, instance.id(), userId, page, now),
                MembershipStore.countOfUser(tx, instance.id(), userId));
    }

    /** Makes a user a member.
     *
     * @throws dev.usher.http.Refusal when they are one already, no seat is left, or user or role are unknown
     */
    public Membership add(WriteTx tx, Instance instance, Organization organization, Draft draft, Instant now) {
        Role role = roles.ofForm(tx, instance, "role", draft.roleKey());
        User user = users.find(tx, instance, draft.userId()).orElseThrow(() -> Errors.notFound("user", draft.userId()));
        if (find(tx, instance, organization.id(), user.id(), now).isPresent())
            throw OrganizationErrors.alreadyMember(user.identifier());
        if (!OrganizationStore.takeSeat(tx, organization.id()))
            throw OrganizationErrors.noSeatLeft(organization.maxAllowedMemberships());
        insert(tx, instance, organization, draft, role, user, now);
        InvitationStore.settle(tx, organization.id(), user.id(), now)
                .forEach(id -> tx.note(new Change("organizationInvitation.accepted", id)));
        users.changed(tx, instance, user.id(), now);
        return get(tx, instance, organization.id(), user.id(), now);
    }

    /** Two at once for one user: the database lets one through. */
    private void insert(
            WriteTx tx, Instance instance, Organization organization, Draft draft, Role role, User user, Instant now) {
        String id = ids.next("orgmem", now);
        try {
            MembershipStore.insert(tx, instance.id(), id, organization.id(), draft, role.id(), now);
            tx.note(new Change("organizationMembership.created", id, new Key(organization.id(), user.id())));
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw OrganizationErrors.alreadyMember(user.identifier());
            throw e;
        }
    }

    /** Gives a member another role.
     *
     * @throws dev.usher.http.Refusal when nobody would be left who can run the organization
     */
    public Membership changeRole(WriteTx tx, Instance instance, Membership before, String roleKey, Instant now) {
        Role role = roles.ofForm(tx, instance, "role", roleKey);
        Membership held = held(tx, instance, before, now);
        Membership changed = update(tx, instance, held, one -> withRole(one, role), now);
        requireSomebodyInCharge(tx, held);
        return changed;
    }

    /** The membership as it is once nobody else can change the organization's members. */
    private Membership held(WriteTx tx, Instance instance, Membership seen, Instant now) {
        OrganizationStore.hold(tx, seen.organization().id());
        return get(tx, instance, seen.organization().id(), seen.userId(), now);
    }

    private static Membership withRole(Membership membership, Role role) {
        return new Membership(
                membership.id(),
                membership.organization(),
                membership.userId(),
                role,
                membership.publicMetadata(),
                membership.privateMetadata(),
                membership.createdAt(),
                membership.updatedAt());
    }

    /** Whoever was in charge may leave it to another one only, not to nobody. */
    private static void requireSomebodyInCharge(Tx tx, Membership before) {
        boolean wasInCharge = before.role().isCreatorEligible();
        if (wasInCharge
                && !MembershipStore.hasMemberAllowed(tx, before.organization().id(), Role.LEAST))
            throw OrganizationErrors.lastInCharge();
    }

    /** Changes what the operator returns differently, such as metadata. */
    public Membership update(
            WriteTx tx, Instance instance, Membership before, UnaryOperator<Membership> change, Instant now) {
        MembershipStore.update(tx, change.apply(before), now);
        tx.note(new Change("organizationMembership.updated", before.id(), Key.of(before)));
        users.changed(tx, instance, before.userId(), now);
        return get(tx, instance, before.organization().id(), before.userId(), now);
    }

    /** Ends a membership; from this instant on the organization is active in none of the user's sessions.
     *
     * @throws dev.usher.http.Refusal when nobody would be left who can run the organization
     */
    public void remove(WriteTx tx, Instance instance, Membership membership, Instant now) {
        Membership held = held(tx, instance, membership, now);
        end(tx, instance, held, now);
        requireSomebodyInCharge(tx, held);
    }

    private void end(WriteTx tx, Instance instance, Membership membership, Instant now) {
        String organizationId = membership.organization().id();
        tx.note(new Change("organizationMembership.deleted", membership.id(), Key.of(membership)));
        if (!MembershipStore.delete(tx, membership.id()))
            throw Errors.notFound("organization membership", membership.userId());
        OrganizationStore.freeSeat(tx, organizationId);
        sessions.memberLeft(tx, organizationId, membership.userId(), now);
        users.changed(tx, instance, membership.userId(), now);
    }

    /** Ends all memberships of a user whose account is about to go, also where nobody is left in charge. */
    public void userGoes(WriteTx tx, Instance instance, String userId, Instant now) {
        Page all = new Page(Integer.MAX_VALUE, 0);
        MembershipStore.ofUser(tx, instance.id(), userId, all, now).forEach(one -> end(tx, instance, one, now));
    }
}
