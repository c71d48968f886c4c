package dev.usher.factor;

import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code email_link}. Whether one is spent, stands with its verification. */
final class LinkStore {
    private LinkStore() {}

    static Optional<Link> find(Tx tx, String instanceId, String tokenHash) {
        return tx.query("""
                select email_link.*, verification.id is not null and verification.verified_at is null as is_open
                from email_link left join verification on verification.id = email_link.verification_id
                where email_link.token_hash = :hash and email_link.instance_id = :instance
                """)
                .bind("hash", tokenHash)
                .bind("instance", instanceId)
                .map((row, context) -> new Link(
                        Link.Aim.ofKept(row.getString("aim")),
                        row.getString("verification_id"),
                        row.getString("owner_id"),
                        row.getString("client_id"),
                        row.getString("redirect_url"),
                        Rows.instant(row, "expire_at"),
                        row.getBoolean("is_open")))
                .findOne();
    }

    static void insert(WriteTx tx, String instanceId, String tokenHash, Link made) {
        tx.update("""
                insert into email_link (token_hash, instance_id, aim, verification_id, owner_id, client_id, redirect_url,
                    expire_at)
                values (:hash, :instance, :aim, :verification, :owner, :client, :redirect_url, :expire_at)
                """)
                .bind("hash", tokenHash)
                .bind("instance", instanceId)
                .bind("aim", made.aim().kept())
                .bind("verification", made.verificationId())
                .bind("owner", made.ownerId())
                .bind("client", made.clientId())
                .bind("redirect_url", made.redirectUrl())
                .bind("expire_at", made.expireAt().toEpochMilli())
                .execute();
    }

    static int sweep(WriteTx tx, Instant expiredBefore) {
        return tx.update("delete from email_link where expire_at < :before")
                .bind("before", expiredBefore.toEpochMilli())
                .execute();
    }
}
