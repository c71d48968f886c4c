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
import java.util.Map;
import java.util.Optional;

/** Finds, makes and changes the permissions of an instance. Those of the Frontend API itself are fixed. */
public final class Permissions {
    private static final String KEY_FORM = "org:[a-z][a-z0-9_-]{0,62}:[a-z][a-z0-9_-]{0,62}";
    private static final Map<String, String> NAMES = Map.of(
            "profile", "profile",
            "memberships", "members",
            "domains", "domains",
            "billing", "billing",
            "entconns", "enterprise connections");

    private final Ids ids;

    public Permissions(Ids ids) {
        this.ids = ids;
    }

    /** What a permission is to be. */
    public record Draft(String key, String name, String description) {}

    public Optional<Permission> byKey(Tx tx, Instance instance, String key) {
        return RoleStore.permissionByKey(tx, instance.id(), key);
    }

    public Optional<Permission> find(Tx tx, Instance instance, String id) {
        return RoleStore.permissionById(tx, instance.id(), id);
    }

    public Permission byId(Tx tx, Instance instance, String id) {
        return RoleStore.permissionById(tx, instance.id(), id).orElseThrow(() -> Errors.notFound("permission", id));
    }

    /** In the order of their creation. */
    public Page.Of<Permission> list(Tx tx, Instance instance, Page page) {
        return new Page.Of<>(
                RoleStore.permissions(tx, instance.id(), page), RoleStore.permissionCount(tx, instance.id()));
    }

    void declare(WriteTx tx, Instance instance, Instant now) {
        for (String key : Settings.Organizations.SYSTEM_PERMISSIONS)
            if (byKey(tx, instance, key).isEmpty()) insert(tx, instance, new Draft(key, nameOf(key), ""), false, now);
        for (Settings.DeclaredPermission one :
                instance.settings().organizations().permissions())
            declare(tx, instance, new Draft(one.key(), one.name(), one.description()), now);
    }

    private void declare(WriteTx tx, Instance instance, Draft draft, Instant now) {
        Optional<Permission> kept = byKey(tx, instance, draft.key());
        if (kept.isEmpty()) insert(tx, instance, draft, true, now);
        else if (!draft.equals(draftOf(kept.get()))) RoleStore.updatePermission(tx, changed(kept.get(), draft, now));
    }

    private static Draft draftOf(Permission permission) {
        return new Draft(permission.key(), permission.name(), permission.description());
    }

    /** Such as "Manage members" for {@code org:sys_memberships:manage}. */
    private static String nameOf(String key) {
        String[] parts = key.split(":", -1);
        String what = parts[1].substring("sys_".length());
        String action = parts[2].substring(0, 1).toUpperCase(java.util.Locale.ROOT) + parts[2].substring(1);
        return action + " " + NAMES.getOrDefault(what, what);
    }

    /** Makes a custom permission. */
    public Permission create(WriteTx tx, Instance instance, Draft draft, Instant now) {
        requireFree(tx, instance, draft.key());
        Permission made = insert(tx, instance, draft, true, now);
        tx.note(new Change("permission.created", made.id()));
        return made;
    }

    private void requireFree(Tx tx, Instance instance, String key) {
        if (!key.matches(KEY_FORM) || key.startsWith("org:sys_"))
            throw Errors.invalidFormat("key", "A custom permission's key is of the form org:feature:action.");
        if (byKey(tx, instance, key).isPresent()) throw Errors.identifierExists("key");
    }

    private Permission insert(WriteTx tx, Instance instance, Draft draft, boolean custom, Instant now) {
        Permission made =
                new Permission(ids.next("perm", now), draft.key(), draft.name(), draft.description(), custom, now, now);
        RoleStore.insertPermission(tx, instance.id(), made);
        return made;
    }

    public Permission update(WriteTx tx, Instance instance, String id, Draft draft, Instant now) {
        Permission before = custom(tx, instance, id);
        if (!draft.key().equals(before.key())) requireFree(tx, instance, draft.key());
        RoleStore.updatePermission(tx, changed(before, draft, now));
        tx.note(new Change("permission.updated", id));
        return byId(tx, instance, id);
    }

    private static Permission changed(Permission before, Draft draft, Instant now) {
        return new Permission(
                before.id(), draft.key(), draft.name(), draft.description(), before.custom(), before.createdAt(), now);
    }

    public void delete(WriteTx tx, Instance instance, String id) {
        Permission gone = custom(tx, instance, id);
        tx.note(new Change("permission.deleted", id));
        RoleStore.deletePermission(tx, gone.id());
    }

    private Permission custom(Tx tx, Instance instance, String id) {
        Permission permission = byId(tx, instance, id);
        if (!permission.custom()) throw OrganizationErrors.systemPermission();
        return permission;
    }
}
