package dev.usher.token;

import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys as the database had them a moment ago, opened and ready to sign. */
record KeyCopy(long version, KeyPlan plan, Map<String, SigningKey> keys) {
    static KeyCopy read(Tx tx, SigningKeyStore store, Instance instance, Crypto crypto) {
        long version = store.version(tx, instance.id());
        List<SigningKeyStore.Row> rows = store.all(tx, instance.id());
        List<KeyFacts> facts = rows.stream().map(SigningKeyStore.Row::facts).toList();
        Map<String, SigningKey> keys = rows.stream()
                .filter(row -> !row.facts().isRevoked())
                .map(row -> opened(store, row, crypto))
                .collect(Collectors.toUnmodifiableMap(SigningKey::kid, Function.identity()));
        return new KeyCopy(version, new KeyPlan(facts, instance.settings().keys()), keys);
    }

    private static SigningKey opened(SigningKeyStore store, SigningKeyStore.Row row, Crypto crypto) {
        Optional<RsaSigner> signer = store.privateKey(row).map(key -> new RsaSigner(key, crypto.provider()));
        return new SigningKey(row.facts().kid(), store.publicKey(row), signer);
    }

    SigningKey signerAt(Instant now) {
        return key(plan.signerAt(now));
    }

    List<SigningKey> publishedAt(Instant now) {
        return plan.publishedAt(now).stream().map(this::key).toList();
    }

    private SigningKey key(KeyFacts facts) {
        return Objects.requireNonNull(keys.get(facts.kid()));
    }
}
