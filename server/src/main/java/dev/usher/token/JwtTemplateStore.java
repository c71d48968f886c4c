package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code jwt_template}. */
final class JwtTemplateStore {
    private static final RowMapper<Kept> KEPT = (row, context) -> kept(row);

    /**
     * A template as it is kept.
     *
     * @param version changes with each change
     */
    record Kept(JwtTemplate template, Optional<String> sealedKey, int version) {
        @Override
        public String toString() {
            return "Kept[" + template.id() + "]";
        }
    }

    record Version(String id, int version) {}

    private JwtTemplateStore() {}

    static Optional<Kept> find(Tx tx, String instanceId, String id) {
        return tx.query("select * from jwt_template where instance_id = :instance and id = :id")
                .bind("instance", instanceId)
                .bind("id", id)
                .map(KEPT)
                .findOne();
    }

    /** Which template has the name, and in which version. */
    static Optional<Version> version(Tx tx, String instanceId, String name) {
        return tx.query("select id, version from jwt_template where instance_id = :instance and name = :name")
                .bind("instance", instanceId)
                .bind("name", name)
                .map((row, context) -> new Version(row.getString("id"), row.getInt("version")))
                .findOne();
    }

    /** All of them, the newest first. */
    static List<JwtTemplate> all(Tx tx, String instanceId) {
        return tx
                .query("select * from jwt_template where instance_id = :instance order by created_at desc, id desc")
                .bind("instance", instanceId)
                .map(KEPT)
                .list()
                .stream()
                .map(Kept::template)
                .toList();
    }

    static boolean insert(WriteTx tx, String instanceId, JwtTemplate made, Optional<String> sealedKey) {
        return tx.update("""
                insert into jwt_template (id, instance_id, name, claims, lifetime_s, allowed_clock_skew_s,
                    signing_algorithm, sealed_signing_key, created_at, updated_at)
                values (:id, :instance, :name, :claims, :lifetime, :skew, :algorithm, :key, :created_at, :updated_at)
                """)
                        .bind("id", made.id())
                        .bind("instance", instanceId)
                        .bind("name", made.name())
                        .bind("claims", Json.text(made.claims()))
                        .bind("lifetime", made.lifetime().toSeconds())
                        .bind("skew", made.allowedClockSkew().toSeconds())
                        .bind("algorithm", made.signingAlgorithm().orElse(null))
                        .bind("key", sealedKey.orElse(null))
                        .bind("created_at", made.createdAt().toEpochMilli())
                        .bind("updated_at", made.updatedAt().toEpochMilli())
                        .execute()
                == 1;
    }

    /** Puts the new state over the version that it was made from; false when another change came first. */
    static boolean update(WriteTx tx, String instanceId, JwtTemplate changed, Optional<String> sealedKey, int version) {
        return tx.update("""
                        update jwt_template set name = :name, claims = :claims, lifetime_s = :lifetime,
                            allowed_clock_skew_s = :skew, signing_algorithm = :algorithm, sealed_signing_key = :key,
                            version = version + 1, updated_at = :updated_at
                        where id = :id and instance_id = :instance and version = :version
                        """)
                        .bind("id", changed.id())
                        .bind("instance", instanceId)
                        .bind("name", changed.name())
                        .bind("claims", Json.text(changed.claims()))
                        .bind("lifetime", changed.lifetime().toSeconds())
                        .bind("skew", changed.allowedClockSkew().toSeconds())
                        .bind("algorithm", changed.signingAlgorithm().orElse(null))
                        .bind("key", sealedKey.orElse(null))
                        .bind("updated_at", changed.updatedAt().toEpochMilli())
                        .bind("version", version)
                        .execute()
                == 1;
    }

    static boolean delete(WriteTx tx, String instanceId, String id) {
        return tx.update("delete from jwt_template where id = :id and instance_id = :instance")
                        .bind("id", id)
                        .bind("instance", instanceId)
                        .execute()
                == 1;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        var template = new JwtTemplate(
                row.getString("id"),
                row.getString("name"),
                Json.parse(row.getString("claims")).asObject(),
                Duration.ofSeconds(row.getLong("lifetime_s")),
                Duration.ofSeconds(row.getLong("allowed_clock_skew_s")),
                Rows.maybeText(row, "signing_algorithm"),
                JwtTemplate.Source.MADE,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
        return new Kept(template, Rows.maybeText(row, "sealed_signing_key"), row.getInt("version"));
    }
}
