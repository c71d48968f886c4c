package dev.usher.organization;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables {@code organization_role}, {@code organization_permission} and {@code organization_role_permission}. */
final class RoleStore {
    private static final RowMapper<Permission> PERMISSION = (row, context) -> new Permission(
            row.getString("id"),
            row.getString("key"),
            row.getString("name"),
            row.getString("description"),
            row.getBoolean("custom"),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "updated_at"));

    private RoleStore() {}

    static Optional<Role> byKey(Tx tx, String instanceId, String key) {
        return tx.query("select * from organization_role where instance_id = :instance and key = :key")
                .bind("instance", instanceId)
                .bind("key", key)
                .map((row, context) -> role(tx, row))
                .findOne();
    }

    static Optional<Role> byId(Tx tx, String instanceId, String id) {
        return tx.query("select * from organization_role where instance_id = :instance and id = :id")
                .bind("instance", instanceId)
                .bind("id", id)
                .map((row, context) -> role(tx, row))
                .findOne();
    }

    static List<Role> list(Tx tx, String instanceId, Page page) {
        return tx.query("""
                select * from organization_role where instance_id = :instance
                order by created_at, key limit :limit offset :offset
                """)
                .bind("instance", instanceId)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> role(tx, row))
                .list();
    }

    static long count(Tx tx, String instanceId) {
        return tx.query("select count(*) from organization_role where instance_id = :instance")
                .bind("instance", instanceId)
                .mapTo(Long.class)
                .one();
    }

    private static Role role(Tx tx, ResultSet row) throws SQLException {
        return new Role(
                row.getString("id"),
                row.getString("key"),
                row.getString("name"),
                row.getString("description"),
                permissionsOf(tx, row.getString("id")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static List<Permission> permissionsOf(Tx tx, String roleId) {
        return tx.query("""
                select p.* from organization_role_permission g
                    join organization_permission p on p.id = g.permission_id
                where g.role_id = :role order by p.key
                """).bind("role", roleId).map(PERMISSION).list();
    }

    static void insert(WriteTx tx, String instanceId, String id, Roles.Draft draft, Instant now) {
        tx.update("""
                insert into organization_role (id, instance_id, key, name, description, created_at, updated_at)
                values (:id, :instance, :key, :name, :description, :now, :now)
                """)
                .bind("id", id)
                .bind("instance", instanceId)
                .bind("key", draft.key())
                .bind("name", draft.name())
                .bind("description", draft.description())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void update(WriteTx tx, String id, Roles.Draft draft, Instant now) {
        tx.update("""
                update organization_role set key = :key, name = :name, description = :description, updated_at = :now
                where id = :id
                """)
                .bind("id", id)
                .bind("key", draft.key())
                .bind("name", draft.name())
                .bind("description", draft.description())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static boolean delete(WriteTx tx, String instanceId, String id) {
        return tx.update("delete from organization_role where id = :id and instance_id = :instance")
                        .bind("id", id)
                        .bind("instance", instanceId)
                        .execute()
                == 1;
    }

    static boolean isHeld(Tx tx, String roleId) {
        return exists(tx, "select 1 from organization_membership where role_id = :role limit 1", roleId);
    }

    static boolean isOffered(Tx tx, String roleId) {
        return exists(tx, "select 1 from organization_invitation where role_id = :role limit 1", roleId);
    }

    private static boolean exists(Tx tx, String sql, String roleId) {
        return tx.query(sql).bind("role", roleId).mapTo(int.class).findOne().isPresent();
    }

    static boolean grant(WriteTx tx, String roleId, Permission permission) {
        return tx.update("""
                        insert into organization_role_permission (role_id, permission_id, custom)
                        values (:role, :permission, :custom) on conflict do nothing
                        """)
                        .bind("role", roleId)
                        .bind("permission", permission.id())
                        .bind("custom", permission.custom())
                        .execute()
                == 1;
    }

    static boolean withdraw(WriteTx tx, String roleId, String permissionId) {
        return tx.update(
                                "delete from organization_role_permission where role_id = :role and permission_id = :permission")
                        .bind("role", roleId)
                        .bind("permission", permissionId)
                        .execute()
                == 1;
    }

    static Optional<Permission> permissionByKey(Tx tx, String instanceId, String key) {
        return tx.query("select * from organization_permission where instance_id = :instance and key = :key")
                .bind("instance", instanceId)
                .bind("key", key)
                .map(PERMISSION)
                .findOne();
    }

    static Optional<Permission> permissionById(Tx tx, String instanceId, String id) {
        return tx.query("select * from organization_permission where instance_id = :instance and id = :id")
                .bind("instance", instanceId)
                .bind("id", id)
                .map(PERMISSION)
                .findOne();
    }

    static List<Permission> permissions(Tx tx, String instanceId, Page page) {
        return tx.query("""
                select * from organization_permission where instance_id = :instance
                order by created_at, key limit :limit offset :offset
                """)
                .bind("instance", instanceId)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(PERMISSION)
                .list();
    }

    static long permissionCount(Tx tx, String instanceId) {
        return tx.query("select count(*) from organization_permission where instance_id = :instance")
                .bind("instance", instanceId)
                .mapTo(Long.class)
                .one();
    }

    static void insertPermission(WriteTx tx, String instanceId, Permission permission) {
        tx.update("""
                insert into organization_permission (id, instance_id, key, name, description, custom, created_at, updated_at)
                values (:id, :instance, :key, :name, :description, :custom, :now, :now)
                """)
                .bind("id", permission.id())
                .bind("instance", instanceId)
                .bind("key", permission.key())
                .bind("name", permission.name())
                .bind("description", permission.description())
                .bind("custom", permission.custom())
                .bind("now", permission.createdAt().toEpochMilli())
                .execute();
    }

    static void updatePermission(WriteTx tx, Permission permission) {
        tx.update("""
                update organization_permission set key = :key, name = :name, description = :description, updated_at = :now
                where id = :id
                """)
                .bind("id", permission.id())
                .bind("key", permission.key())
                .bind("name", permission.name())
                .bind("description", permission.description())
                .bind("now", permission.updatedAt().toEpochMilli())
                .execute();
    }

    static void deletePermission(WriteTx tx, String id) {
        tx.update("delete from organization_permission where id = :id")
                .bind("id", id)
                .execute();
    }
}
