package dev.usher.token;

import dev.usher.base.Vault;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The table {@code signing_key}; private keys are sealed under the master key. */
final class SigningKeyStore {
    private final Vault vault;
    private final Crypto crypto;

    SigningKeyStore(Vault vault, Crypto crypto) {
        this.vault = vault;
        this.crypto = crypto;
    }

    Optional<SigningKey> find(Tx tx, String instanceId) {
        return tx.query("""
                select kid, public_key, sealed_private_key from signing_key
                where instance_id = :instance order by created_at desc limit 1
                """)
                .bind("instance", instanceId)
                .map((row, context) ->
                        opened(row.getString("kid"), row.getString("public_key"), row.getString("sealed_private_key")))
                .findOne();
    }

    private SigningKey opened(String kid, String publicKey, String sealedPrivateKey) {
        return new SigningKey(
                kid,
                crypto.publicKey(Base64.getDecoder().decode(publicKey)),
                crypto.privateKey(vault.open(sealedPrivateKey, kid)));
    }

    void insert(WriteTx tx, String instanceId, String kid, KeyPair pair, Instant now) {
        tx.update("""
                insert into signing_key (kid, instance_id, algorithm, public_key, sealed_private_key, created_at)
                values (:kid, :instance, 'RS256', :public_key, :private_key, :now)
                """)
                .bind("kid", kid)
                .bind("instance", instanceId)
                .bind(
                        "public_key",
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .bind("private_key", vault.seal(pair.getPrivate().getEncoded(), kid))
                .bind("now", now.toEpochMilli())
                .execute();
    }
}
