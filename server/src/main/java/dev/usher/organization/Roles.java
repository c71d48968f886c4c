package dev.usher.organization;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.OrganizationErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Change;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds, makes and changes the roles of an instance. */
public final class Roles {
    /** The most roles of an instance besides the two that every instance has. */
    public static final int MOST_CUSTOM = 10;

    private static final String KEY_FORM = "org:[a-z][a-z0-9_-]{0,62}";
    private static final Set<String> OF_MEMBERS = Set.of(Permission.MEMBERSHIPS_READ, Permission.BILLING_READ);

    private final Permissions permissions;
    private final Ids ids;

    public Roles(Permissions permissions, Ids ids) {
        this.permissions = permissions;
        this.ids = ids;
    }

    /** What a role is to be. */
    public record Draft(String key, String name, String description) {}

    public Optional<Role> byKey(Tx tx, Instance instance, String key) {
        return RoleStore.byKey(tx, instance.id(), key);
    }

    /** The role that a form names by its key.
     *
     * @throws dev.usher.http.Refusal when there is none
     */
    public Role ofForm(Tx tx, Instance instance, String field, String key) {
        return byKey(tx, instance, key).orElseThrow(() -> Errors.resourceOfFormNotFound(field));
    }

    public Optional<Role> find(Tx tx, Instance instance, String id) {
        return RoleStore.byId(tx, instance.id(), id);
    }

    public Role byId(Tx tx, Instance instance, String id) {
        return RoleStore.byId(tx, instance.id(), id).orElseThrow(() -> Errors.notFound("role", id));
    }

    /** In the order of their creation. */
    public Page.Of<Role> list(Tx tx, Instance instance, Page page) {
        return new Page.Of<>(RoleStore.list(tx, instance.id(), page), RoleStore.count(tx, instance.id()));
    }

    /** Brings the roles and permissions that every instance has, and those that the configuration declares. */
    public void declare(WriteTx tx, Instance instance, Instant now) {
        Settings.Organizations declared = instance.settings().organizations();
        permissions.declare(tx, instance, now);
        declareUsual(tx, instance, new Draft(Role.ADMIN, "Admin", ""), Settings.Organizations.SYSTEM_PERMISSIONS, now);
        declareUsual(tx, instance, new Draft(Role.MEMBER, "Member", ""), OF_MEMBERS, now);
        for (Settings.DeclaredRole role : declared.roles()) declare(tx, instance, role, now);
    }

    private void declareUsual(WriteTx tx, Instance instance, Draft draft, Iterable<String> allowed, Instant now) {
        if (byKey(tx, instance, draft.key()).isEmpty()) insert(tx, instance, draft, allowed, now);
    }

    /** A declared role is as declared, whatever was changed since. */
    private void declare(WriteTx tx, Instance instance, Settings.DeclaredRole declared, Instant now) {
        Draft draft = new Draft(declared.key(), declared.name(), declared.description());
        Optional<Role> kept = byKey(tx, instance, declared.key());
        if (kept.isEmpty()) insert(tx, instance, draft, declared.permissions(), now);
        else {
            Role role = kept.get();
            boolean same = draft.equals(new Draft(role.key(), role.name(), role.description()));
            if (!same) RoleStore.update(tx, role.id(), draft, now);
            allow(tx, instance, role, declared.permissions());
        }
    }

    /** Makes a role.
     *
     * @throws dev.usher.http.Refusal when the key is taken, the permissions are unknown or there are too many roles
     */
    public Role create(WriteTx tx, Instance instance, Draft draft, List<String> permissionIds, Instant now) {
        requireFree(tx, instance, draft.key());
        if (RoleStore.count(tx, instance.id()) >= MOST_CUSTOM + 2) throw OrganizationErrors.tooManyRoles();
        List<String> keys = new ArrayList<>();
        for (String id : permissionIds)
            keys.add(permissions.byId(tx, instance, id).key());
        String id = insert(tx, instance, draft, keys, now);
        tx.note(new Change("role.created", id));
        return byId(tx, instance, id);
    }

    private void requireFree(Tx tx, Instance instance, String key) {
        if (!key.matches(KEY_FORM)) throw Errors.invalidFormat("key", "A role's key is of the form org:name.");
        if (byKey(tx, instance, key).isPresent()) throw Errors.identifierExists("key");
    }

    private String insert(WriteTx tx, Instance instance, Draft draft, Iterable<String> allowed, Instant now) {
        String id = ids.next("role", now);
        RoleStore.insert(tx, instance.id(), id, draft, now);
        for (String key : allowed)
            RoleStore.grant(tx, id, permissions.byKey(tx, instance, key).orElseThrow());
        return id;
    }

    /** Changes the names of a role; its key stays the same for those who have it. */
    public Role update(WriteTx tx, Instance instance, String id, Draft draft, Instant now) {
        Role role = byId(tx, instance, id);
        if (!draft.key().equals(role.key())) {
            requireUnused(instance, role);
            requireFree(tx, instance, draft.key());
        }
        RoleStore.update(tx, id, draft, now);
        tx.note(new Change("role.updated", id));
        return byId(tx, instance, id);
    }

    /** The settings name roles by their keys. */
    private static void requireUnused(Instance instance, Role role) {
        Settings.Organizations settings = instance.settings().organizations();
        if (role.key().equals(settings.creatorRole())) throw OrganizationErrors.roleIsForCreators();
        if (role.key().equals(settings.defaultRole())) throw OrganizationErrors.roleIsDefault();
    }

    /** Deletes a role that nobody has, is offered or gets by default. */
    public void delete(WriteTx tx, Instance instance, String id) {
        Role role = byId(tx, instance, id);
        requireUnused(instance, role);
        if (RoleStore.isHeld(tx, id)) throw OrganizationErrors.roleIsHeld();
        if (RoleStore.isOffered(tx, id)) throw OrganizationErrors.roleIsOffered();
        tx.note(new Change("role.deleted", id));
        RoleStore.delete(tx, instance.id(), id);
    }

    /** Allows one thing more. */
    public Role grant(WriteTx tx, Instance instance, String id, String permissionId) {
        Role role = byId(tx, instance, id);
        if (!RoleStore.grant(tx, role.id(), permissions.byId(tx, instance, permissionId)))
            throw OrganizationErrors.permissionIsGranted();
        tx.note(new Change("role.updated", id));
        return byId(tx, instance, id);
    }

    /** Allows one thing less.
     *
     * @throws dev.usher.http.Refusal when the makers of organizations could not run them any more
     */
    public Role withdraw(WriteTx tx, Instance instance, String id, String permissionId) {
        Role role = byId(tx, instance, id);
        if (!RoleStore.withdraw(tx, role.id(), permissionId)) throw OrganizationErrors.permissionIsNotGranted();
        tx.note(new Change("role.updated", id));
        Role left = byId(tx, instance, id);
        requireEligible(instance, left);
        return left;
    }

    private static void requireEligible(Instance instance, Role role) {
        boolean creators = role.key().equals(instance.settings().organizations().creatorRole());
        if (creators && !role.isCreatorEligible()) throw OrganizationErrors.creatorsNeed(Role.LEAST);
    }

    /** Allows exactly these things. */
    public Role setPermissions(WriteTx tx, Instance instance, Role role, Iterable<String> keys) {
        tx.note(new Change("role.updated", role.id()));
        return allow(tx, instance, role, keys);
    }

    private Role allow(WriteTx tx, Instance instance, Role role, Iterable<String> keys) {
        Set<String> wanted = new TreeSet<>();
        keys.forEach(wanted::add);
        for (Permission held : role.permissions())
            if (!wanted.contains(held.key())) RoleStore.withdraw(tx, role.id(), held.id());
        for (String key : wanted)
            RoleStore.grant(
                    tx,
                    role.id(),
                    permissions
                            .byKey(tx, instance, key)
                            .orElseThrow(() -> Errors.resourceOfFormNotFound("permissions")));
        Role changed = byId(tx, instance, role.id());
        requireEligible(instance, changed);
        return changed;
    }
}
