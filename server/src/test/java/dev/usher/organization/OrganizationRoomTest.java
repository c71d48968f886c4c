package dev.usher.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Outbox;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import dev.usher.store.WriteTx;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs as a server calls them that needs nobody's permission. */
@ParameterizedClass
@EnumSource(TestStore.class)
class OrganizationRoomTest {
    private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant LATER = T0.plusSeconds(60);
    private static final Page PAGE = new Page(100, 0);

    /** Who was told that an organization is active no longer. */
    private static final class Told implements MemberSessions {
        final List<String> left = new ArrayList<>();

        @Override
        public void memberLeft(WriteTx tx, String organizationId, String userId, Instant now) {
            left.add(organizationId + " " + userId);
        }

        @Override
        public void organizationGoes(WriteTx tx, String organizationId, Instant now) {
            left.add(organizationId);
        }
    }

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Told told = new Told();
    private final Users users = new Users(ids);
    private final OrganizationRoom room = new OrganizationRoom(
            store, users, told, new Outbox(vault, ids, Set.of(Channel.EMAIL), () -> {}), randomness, ids);
    private final Instance instance = Instances.open(
                    store, declared(Settings.defaults(true)), vault, ids, randomness, T0)
            .instance();

    private static Instances.Declared declared(Settings settings) {
        return new Instances.Declared(
                "default", true, Optional.empty(), "http://localhost", Optional.empty(), settings);
    }

    OrganizationRoomTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @BeforeEach
    void declareRoles() {
        room.declare(instance, T0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String user(String address) {
        var registration = new Users.Registration(
                List.of(new Users.Proved(address, "email_code")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Json.object());
        return store.write(tx -> users.register(tx, instance, registration, T0));
    }

    private Organization organization(String name, Optional<String> creator) {
        var draft = Organizations.Draft.usual(instance, name, Optional.empty(), creator);
        return store.write(tx -> room.organizations().create(tx, instance, draft, T0));
    }

    private Membership member(Organization organization, String userId, String role) {
        var draft = Memberships.Draft.of(userId, role);
        return store.write(tx -> room.memberships().add(tx, instance, organization, draft, T0));
    }

    private Organization now(Organization organization) {
        return store.read(tx -> room.organizations().get(tx, instance, organization.id(), T0));
    }

    private void refused(String code, Function<WriteTx, ?> work) {
        ThrowingCallable call = () -> store.write(work);
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void anOrganizationNeedsNoCreatorAndIsFoundByIdAndSlug() {
        Organization made = organization("Acme", Optional.empty());
        assertThat(made.membersCount()).isZero();
        assertThat(store.<Optional<Organization>>read(tx ->
                        room.organizations().find(tx, instance, made.slug().orElseThrow(), T0)))
                .contains(made);
        assertThat(store.<Optional<Organization>>read(tx -> room.organizations().find(tx, instance, "org_none", T0)))
                .isEmpty();
        refused(
                "organization_creator_not_found",
                tx -> room.organizations()
                        .create(
                                tx,
                                instance,
                                Organizations.Draft.usual(instance, "A", Optional.empty(), Optional.of("user_x")),
                                T0));
    }

    @Test
    void updatesKeepWhatTheyDoNotTouch() {
        String owner = user("owner@example.com");
        Organization made = organization("Acme", Optional.of(owner));
        Organization renamed = store.write(tx ->
                room.organizations().update(tx, instance, made, one -> one.named("New", one.slug()), LATER));
        assertThat(renamed)
                .usingRecursiveComparison()
                .ignoringFields("name", "updatedAt", "membersCount")
                .isEqualTo(made);
        assertThat(renamed.updatedAt()).isEqualTo(LATER);
        assertThat(renamed.membersCount()).isEqualTo(1);
    }

    @Test
    void listsAreFilteredSortedAndPaged() {
        String owner = user("owner@example.com");
        organization("Beta", Optional.empty());
        organization("alpha", Optional.of(owner));
        Organization percent = organization("100% Gamma_", Optional.empty());
        var byName = new Organizations.Filter(Optional.empty(), List.of(), List.of(), Organizations.Order.NAME, false);
        assertThat(names(byName, PAGE)).containsExactly("100% Gamma_", "alpha", "Beta");
        assertThat(names(byName, new Page(1, 1))).containsExactly("alpha");
        assertThat(names(query("PHA"), PAGE)).containsExactly("alpha");
        assertThat(names(query("%"), PAGE)).containsExactly("100% Gamma_");
        assertThat(names(query("a_"), PAGE)).containsExactly("100% Gamma_");
        assertThat(names(query("!"), PAGE)).isEmpty();
        assertThat(names(query(percent.id()), PAGE)).containsExactly("100% Gamma_");
        var ofOwner = new Organizations.Filter(
                Optional.empty(), List.of(), List.of(owner), Organizations.Order.MEMBERS_COUNT, true);
        assertThat(names(ofOwner, PAGE)).containsExactly("alpha");
    }

    private static Organizations.Filter query(String text) {
        return new Organizations.Filter(Optional.of(text), List.of(), List.of(), Organizations.Order.NAME, false);
    }

    private List<String> names(Organizations.Filter filter, Page page) {
        return store.read(tx -> room.organizations().list(tx, instance, filter, page, T0)).data().stream()
                .map(Organization::name)
                .toList();
    }

    @Test
    void theCountOfMembersFollowsThem() {
        Organization made = organization("Acme", Optional.of(user("owner@example.com")));
        String other = user("other@example.com");
        Membership membership = member(made, other, Role.MEMBER);
        assertThat(now(made).membersCount()).isEqualTo(2);
        refused(
                "already_a_member_in_organization",
                tx -> room.memberships().add(tx, instance, made, Memberships.Draft.of(other, Role.ADMIN), T0));
        assertThat(now(made).membersCount()).isEqualTo(2);
        store.change(tx -> room.memberships().remove(tx, instance, membership, T0));
        assertThat(now(made).membersCount()).isEqualTo(1);
        assertThat(told.left).containsExactly(made.id() + " " + other);
    }

    @Test
    void anAccountThatGoesLeavesEverywhereEvenAsTheLastInCharge() {
        String owner = user("owner@example.com");
        Organization first = organization("First", Optional.of(owner));
        Organization second = organization("Second", Optional.of(owner));
        store.change(tx -> {
            users.beforeDeletion(room.memberships()::userGoes);
            users.delete(tx, instance, owner, T0);
        });
        assertThat(now(first).membersCount()).isZero();
        assertThat(now(second).membersCount()).isZero();
        assertThat(told.left).hasSize(2);
    }

    @Test
    void anAccountWithMembershipsIsNotDeletedUnnoticed() {
        String owner = user("owner@example.com");
        Organization made = organization("Acme", Optional.of(owner));
        assertThatThrownBy(() -> store.change(tx -> users.delete(tx, instance, owner, T0)))
                .message()
                .containsIgnoringCase("foreign key");
        assertThat(now(made).membersCount()).isEqualTo(1);
    }

    @Test
    void aDeletedOrganizationTakesAllAlong() {
        Organization made = organization("Acme", Optional.of(user("owner@example.com")));
        invite(made, "new@example.com");
        store.change(tx -> room.organizations().delete(tx, instance, made.id(), T0));
        assertThat(told.left).containsExactly(made.id());
        for (String table : List.of("organization", "organization_membership", "organization_invitation"))
            assertThat(store.<Integer>read(tx -> tx.query("select count(*) from " + table)
                            .mapTo(int.class)
                            .one()))
                    .as(table)
                    .isZero();
        refused("resource_not_found", tx -> {
            room.organizations().delete(tx, instance, made.id(), T0);
            return true;
        });
    }

    private Invitations.Made invite(Organization organization, String address) {
        var draft = new Invitations.Draft(
                address,
                Role.MEMBER,
                Optional.empty(),
                Optional.empty(),
                true,
                Duration.ofDays(1),
                Json.object().put("team", "red"),
                Json.object().put("secret", 1));
        return store.write(tx -> room.invitations()
                        .create(tx, instance, organization.id(), List.of(draft), "http://localhost", T0))
                .getFirst();
    }

    @Test
    void anInvitationHandsItsMetadataToTheMembership() {
        Organization made = organization("Acme", Optional.empty());
        String invited = user("new@example.com");
        var invitation = invite(made, "New@example.com");
        assertThat(store.<Optional<Invitation>>read(tx -> room.invitations()
                        .byTicket(tx, instance, invitation.ticket().hash(), T0)))
                .contains(invitation.invitation());
        store.change(tx -> room.invitations()
                .accept(
                        tx,
                        instance,
                        users.find(tx, instance, invited).orElseThrow(),
                        invitation.invitation().id(),
                        T0));
        Membership membership = store.read(tx -> room.memberships().get(tx, instance, made.id(), invited, T0));
        assertThat(membership.publicMetadata()).hasToString("{\"team\":\"red\"}");
        assertThat(membership.privateMetadata()).hasToString("{\"secret\":1}");
        assertThat(store.<String>read(tx -> tx.query("select ticket_hash from organization_invitation")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo(invitation.ticket().hash())
                .isNotEqualTo(invitation.ticket().reveal());
    }

    @Test
    void anInvitationExpiresAtItsInstant() {
        Organization made = organization("Acme", Optional.empty());
        invite(made, "new@example.com");
        Instant end = T0.plus(Duration.ofDays(1));
        var pending = Invitations.Filter.ofOrganization(made.id(), List.of(Invitation.Status.PENDING));
        var expired = Invitations.Filter.ofOrganization(made.id(), List.of(Invitation.Status.EXPIRED));
        assertThat(count(pending, end.minusMillis(1))).isEqualTo(1);
        assertThat(count(expired, end.minusMillis(1))).isZero();
        assertThat(count(pending, end)).isZero();
        assertThat(count(expired, end)).isEqualTo(1);
    }

    private long count(Invitations.Filter filter, Instant at) {
        return store.read(tx -> room.invitations().list(tx, instance, filter, PAGE, at))
                .totalCount();
    }

    // Roles and permissions.

    private Role role(String key, String... permissions) {
        return store.write(tx -> {
            List<String> allowed = new ArrayList<>();
            for (String one : permissions)
                allowed.add(room.permissions()
                        .byKey(tx, instance, one)
                        .orElseThrow()
                        .id());
            return room.roles().create(tx, instance, new Roles.Draft(key, "Name", "Text"), allowed, T0);
        });
    }

    private Permission permission(String key) {
        return store.write(
                tx -> room.permissions().create(tx, instance, new Permissions.Draft(key, "Name", "Text"), T0));
    }

    @Test
    void onlyCustomPermissionsReachTokens() {
        permission("org:invoices:read");
        permission("org:invoices:create");
        role("org:clerk", "org:invoices:read", Permission.MEMBERSHIPS_READ, "org:invoices:create");
        Organization made = organization("Acme", Optional.empty());
        String user = user("one@example.com");
        member(made, user, "org:clerk");
        ActiveOrganization active = store.read(tx -> ActiveOrganizations.find(tx, instance.id(), user, made.id()))
                .orElseThrow();
        assertThat(active)
                .isEqualTo(new ActiveOrganization(
                        made.id(), made.slug(), "org:clerk", List.of("org:invoices:create", "org:invoices:read")));
        assertThat(store.read(tx -> ActiveOrganizations.membershipsOf(tx, instance, user, T0))
                        .getFirst()
                        .active())
                .isEqualTo(active);
        assertThat(store.<Optional<ActiveOrganization>>read(
                        tx -> ActiveOrganizations.find(tx, "ins_other", user, made.id())))
                .isEmpty();
    }

    @Test
    void aRoleIsChangedForAllWhoHaveIt() {
        Permission read = permission("org:invoices:read");
        Role clerk = role("org:clerk");
        Organization made = organization("Acme", Optional.empty());
        String user = user("one@example.com");
        member(made, user, "org:clerk");
        store.change(tx -> room.roles().grant(tx, instance, clerk.id(), read.id()));
        refused(
                "organization_role_permission_association_exists",
                tx -> room.roles().grant(tx, instance, clerk.id(), read.id()));
        assertThat(permissionsOf(user, made)).containsExactly("org:invoices:read");
        store.change(tx -> room.roles().withdraw(tx, instance, clerk.id(), read.id()));
        refused(
                "organization_role_permission_association_not_found",
                tx -> room.roles().withdraw(tx, instance, clerk.id(), read.id()));
        assertThat(permissionsOf(user, made)).isEmpty();
        store.change(tx -> room.roles().setPermissions(tx, instance, clerk, List.of("org:invoices:read")));
        store.change(tx -> room.permissions().delete(tx, instance, read.id()));
        assertThat(permissionsOf(user, made)).isEmpty();
    }

    private List<String> permissionsOf(String user, Organization organization) {
        return store.read(tx -> ActiveOrganizations.find(tx, instance.id(), user, organization.id()))
                .orElseThrow()
                .permissions();
    }

    @Test
    void aRoleInUseIsNotDeleted() {
        Role held = role("org:held");
        Role offered = role("org:offered");
        Role free = role("org:free");
        Organization made = organization("Acme", Optional.empty());
        member(made, user("one@example.com"), "org:held");
        var draft = Invitations.Draft.by("user_x", "two@example.com", "org:offered", false);
        store.change(tx -> room.invitations().create(tx, instance, made.id(), List.of(draft), "", T0));
        refusedDeletion("organization_role_assigned_members", held);
        refusedDeletion("organization_role_exists_in_invitations", offered);
        refusedDeletion("organization_role_default_creator_role", found(Role.ADMIN));
        refusedDeletion("organization_role_domain_default_role", found(Role.MEMBER));
        store.change(tx -> room.roles().delete(tx, instance, free.id()));
        assertThat(store.<Optional<Role>>read(tx -> room.roles().byKey(tx, instance, "org:free")))
                .isEmpty();
    }

    private Role found(String key) {
        return store.read(tx -> room.roles().byKey(tx, instance, key)).orElseThrow();
    }

    private void refusedDeletion(String code, Role role) {
        refused(code, tx -> {
            room.roles().delete(tx, instance, role.id());
            return true;
        });
    }

    @Test
    void theMakersOfOrganizationsCanAlwaysRunThem() {
        Role admin = found(Role.ADMIN);
        Permission manage = admin.permissions().stream()
                .filter(one -> one.key().equals(Permission.MEMBERSHIPS_MANAGE))
                .findFirst()
                .orElseThrow();
        refused(
                "organization_missing_creator_role_permissions",
                tx -> room.roles().withdraw(tx, instance, admin.id(), manage.id()));
        assertThat(found(Role.ADMIN)).isEqualTo(admin);
    }

    @Test
    void systemPermissionsAreFixed() {
        Permission system = store.read(tx -> room.permissions().byKey(tx, instance, Permission.PROFILE_MANAGE))
                .orElseThrow();
        var draft = new Permissions.Draft("org:a:b", "Name", "");
        refused(
                "organization_system_permission_not_modifiable",
                tx -> room.permissions().update(tx, instance, system.id(), draft, T0));
        refused("organization_system_permission_not_modifiable", tx -> {
            room.permissions().delete(tx, instance, system.id());
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "invoices", "org:invoices", "org:sys_x:read", "org:A:b", "org:a:b:c", "ORG:a:b"})
    void aPermissionsKeyHasItsForm(String key) {
        refused(
                "form_param_format_invalid",
                tx -> room.permissions().create(tx, instance, new Permissions.Draft(key, "Name", ""), T0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "clerk", "org:", "org:A", "org:a:b", "org:a b"})
    void aRolesKeyHasItsForm(String key) {
        refused(
                "form_param_format_invalid",
                tx -> room.roles().create(tx, instance, new Roles.Draft(key, "Name", ""), List.of(), T0));
    }

    @Test
    void thereAreTenRolesBesidesTheUsualTwo() {
        for (int i = 0; i < 10; i++) role("org:role" + i);
        refused(
                "organization_instance_roles_quota_exceeded",
                tx -> room.roles().create(tx, instance, new Roles.Draft("org:more", "Name", ""), List.of(), T0));
        refused(
                "form_identifier_exists",
                tx -> room.roles().create(tx, instance, new Roles.Draft("org:role1", "Name", ""), List.of(), T0));
    }

    @Test
    void declaringAgainChangesNothingAndADeclaredRoleIsRestored() {
        var before = store.read(tx -> room.roles().list(tx, instance, PAGE));
        room.declare(instance, LATER);
        assertThat(store.<Page.Of<Role>>read(tx -> room.roles().list(tx, instance, PAGE)))
                .isEqualTo(before);
        Instance declaring = declaring(new Settings.DeclaredRole(
                Role.MEMBER, "Colleague", "Text", List.of("org:invoices:read", Permission.MEMBERSHIPS_READ)));
        room.declare(declaring, LATER);
        Role restored = found(Role.MEMBER);
        assertThat(restored.name()).isEqualTo("Colleague");
        assertThat(restored.permissionKeys()).containsExactly("org:invoices:read", Permission.MEMBERSHIPS_READ);
        assertThat(restored.customPermissionKeys()).containsExactly("org:invoices:read");
    }

    private Instance declaring(Settings.DeclaredRole role) {
        Settings.Organizations usual = instance.settings().organizations();
        var organizations = new Settings.Organizations(
                true,
                usual.maxAllowedMemberships(),
                usual.mostPerUser(),
                true,
                true,
                false,
                true,
                true,
                usual.creatorRole(),
                usual.defaultRole(),
                List.of(role),
                List.of(new Settings.DeclaredPermission("org:invoices:read", "Read", "")));
        Settings all = instance.settings();
        return new Instance(
                instance.id(), true, instance.frontendApiHost(), instance.publicUrl(), all.with(organizations));
    }
}
