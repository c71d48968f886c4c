package dev.usher.token;

import dev.usher.base.Vault;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The table {@code signing_key} and the count of its changes; private keys are sealed under the master key. */
final class SigningKeyStore {
    private final Vault vault;
    private final Crypto crypto;

    SigningKeyStore(Vault vault, Crypto crypto) {
        this.vault = vault;
        this.crypto = crypto;
    }

    /** A key as it is kept, still sealed. */
    record Row(KeyFacts facts, String publicKey, String sealedPrivateKey) {}

    long version(Tx tx, String instanceId) {
        return tx.query("select signing_keys_version from instance where id = :instance")
                .bind("instance", instanceId)
                .mapTo(Long.class)
                .one();
    }

    /** Counts a change. False when somebody else has made one since the version was read: then nothing may be written. */
    boolean claim(WriteTx tx, String instanceId, long seen) {
        return tx.update("""
                        update instance set signing_keys_version = signing_keys_version + 1
                        where id = :instance and signing_keys_version = :seen
                        """).bind("instance", instanceId).bind("seen", seen).execute() == 1;
    }

    List<Row> all(Tx tx, String instanceId) {
        return tx.query("select * from signing_key where instance_id = :instance")
                .bind("instance", instanceId)
                .map((row, context) -> new Row(
                        new KeyFacts(
                                row.getString("kid"),
                                Rows.instant(row, "created_at"),
                                Rows.maybeInstant(row, "published_at"),
                                Rows.maybeInstant(row, "signs_from"),
                                Rows.maybeInstant(row, "revoked_at")),
                        row.getString("public_key"),
                        row.getString("sealed_private_key")))
                .list();
    }

    RSAPublicKey publicKey(Row row) {
        return crypto.publicKey(Base64.getDecoder().decode(row.publicKey()));
    }

    /** The private half; empty where it was forgotten. */
    Optional<PrivateKey> privateKey(Row row) {
        return Optional.of(row.sealedPrivateKey())
                .filter(kept -> !kept.isEmpty())
                .map(kept -> crypto.privateKey(vault.open(kept, row.facts().kid())));
    }

    void insert(WriteTx tx, String instanceId, KeyFacts facts, KeyPair pair) {
        tx.update("""
                insert into signing_key (kid, instance_id, algorithm, public_key, sealed_private_key, created_at,
                    published_at, signs_from)
                values (:kid, :instance, 'RS256', :public_key, :private_key, :created_at, :published_at, :signs_from)
                """)
                .bind("kid", facts.kid())
                .bind("instance", instanceId)
                .bind(
                        "public_key",
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .bind("private_key", vault.seal(pair.getPrivate().getEncoded(), facts.kid()))
                .bind("created_at", facts.createdAt().toEpochMilli())
                .bind("published_at", Rows.millis(facts.publishedAt()))
                .bind("signs_from", Rows.millis(facts.signsFrom()))
                .execute();
    }

    /** Gives the announced keys their times. */
    void publish(WriteTx tx, String instanceId, Instant now, Instant signsFrom) {
        tx.update("""
                update signing_key set published_at = :now, signs_from = :signs_from
                where instance_id = :instance and published_at is null and revoked_at is null
                """)
                .bind("instance", instanceId)
                .bind("now", now.toEpochMilli())
                .bind("signs_from", signsFrom.toEpochMilli())
                .execute();
    }

    /** Gives a key up and forgets its private half. */
    void revoke(WriteTx tx, String instanceId, String kid, Instant now) {
        tx.update("""
                update signing_key set revoked_at = :now, sealed_private_key = ''
                where instance_id = :instance and kid = :kid and revoked_at is null
                """)
                .bind("instance", instanceId)
                .bind("kid", kid)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Forgets a private half that is of no use any more. */
    void forgetPrivateKey(WriteTx tx, String instanceId, String kid) {
        tx.update("update signing_key set sealed_private_key = '' where instance_id = :instance and kid = :kid")
                .bind("instance", instanceId)
                .bind("kid", kid)
                .execute();
    }
}
