package dev.usher.token;

import dev.usher.base.Vault;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The key rings of all instances of this process; none of them signs for another. */
public final class KeyRings {
    private final Map<String, KeyRing> byInstance;

    private KeyRings(Map<String, KeyRing> byInstance) {
        this.byInstance = Map.copyOf(byInstance);
    }

    /** Opens every instance's keys. */
    public static KeyRings open(
            Store store, List<Instance> instances, Vault vault, Crypto crypto, LongSupplier nanoTime, Instant now) {
        Map<String, KeyRing> rings = new HashMap<>();
        for (Instance instance : instances)
            rings.put(instance.id(), KeyRing.open(store, instance, vault, crypto, nanoTime, now));
        return new KeyRings(rings);
    }

    public KeyRing of(Instance instance) {
        return Optional.ofNullable(byInstance.get(instance.id()))
                .orElseThrow(() -> new IllegalStateException("no keys for " + instance.id()));
    }

    /** The keys of the instance that a request is for. */
    KeyRing of(Exchange exchange) {
        return of(Instance.of(exchange));
    }
}
