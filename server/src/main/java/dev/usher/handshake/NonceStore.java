package dev.usher.handshake;

import dev.usher.base.Secret;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** The table {@code handshake}. */
final class NonceStore {
    private NonceStore() {}

    static void insert(WriteTx tx, String instanceId, Secret nonce, String sealed, Instant expireAt) {
        tx.update("""
                insert into handshake (nonce_hash, instance_id, sealed_directives, expire_at)
                values (:hash, :instance, :sealed, :expire_at)
                """)
                .bind("hash", nonce.hash())
                .bind("instance", instanceId)
                .bind("sealed", sealed)
                .bind("expire_at", expireAt.toEpochMilli())
                .execute();
    }

    /** Takes what lies under a nonce; of many who ask at once one gets it. */
    static Optional<String> take(WriteTx tx, String instanceId, Secret nonce, Instant now) {
        Optional<String> sealed = sealed(tx, instanceId, nonce, now);
        if (sealed.isEmpty()) return sealed;
        int taken = tx.update("delete from handshake where nonce_hash = :hash and instance_id = :instance")
                .bind("hash", nonce.hash())
                .bind("instance", instanceId)
                .execute();
        return taken == 1 ? sealed : Optional.empty();
    }

    private static Optional<String> sealed(Tx tx, String instanceId, Secret nonce, Instant now) {
        return tx.query("""
                select sealed_directives from handshake
                where nonce_hash = :hash and instance_id = :instance and expire_at > :now
                """)
                .bind("hash", nonce.hash())
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne();
    }

    static int sweep(WriteTx tx, Instant now) {
        return tx.update("delete from handshake where expire_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
