package dev.usher.webhook;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes, declares, finds and changes endpoints. */
public final class Endpoints {
    /** How long the secret before the present one signs too. */
    public static final Duration FORMER_SECRET = Duration.ofDays(1);

    private static final int SECRET_BYTES = 24;

    private final Vault vault;
    private final Ids ids;
    private final Randomness randomness;

    public Endpoints(Vault vault, Ids ids, Randomness randomness) {
        this.vault = vault;
        this.ids = ids;
        this.randomness = randomness;
    }

    /**
     * What an endpoint is to be.
     *
     * @param eventTypes none for all published ones
     * @param secret made where absent
     */
    public record Draft(String url, List<String> eventTypes, Optional<Secret> secret) {}

    /** Why it can be none; empty when it can. */
    public static Optional<String> faultOf(Draft draft) {
        if (!isUrl(draft.url()))
            return Optional.of("must be an http or https address such as https://app.example.com/api/webhooks");
        List<String> unknown = EventTypes.unknown(draft.eventTypes());
        if (!unknown.isEmpty()) return Optional.of("there are no events " + String.join(", ", unknown));
        if (draft.secret().filter(one -> Signature.key(one).isEmpty()).isPresent())
            return Optional.of("a secret is whsec_ and base64 of 24 to 64 bytes");
        return Optional.empty();
    }

    private static boolean isUrl(String text) {
        try {
            URI url = URI.create(text);
            return Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && text.length() <= 2000;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public List<Endpoint> list(Tx tx, String instanceId) {
        return EndpointStore.ofInstance(tx, instanceId);
    }

    public Optional<Endpoint> find(Tx tx, String instanceId, String id) {
        return EndpointStore.find(tx, instanceId, id);
    }

    /** Adds an endpoint; empty when there is one of that address. */
    public Optional<Endpoint> add(WriteTx tx, String instanceId, Draft draft, Instant now) {
        return insert(tx, instanceId, draft, false, now);
    }

    private Optional<Endpoint> insert(WriteTx tx, String instanceId, Draft draft, boolean declared, Instant now) {
        String id = ids.next("ep", now);
        Secret secret = draft.secret().orElseGet(() -> Signature.written(randomness.bytes(SECRET_BYTES)));
        Endpoint made = new Endpoint(
                id,
                instanceId,
                declared,
                draft.url(),
                draft.eventTypes(),
                now,
                Optional.empty(),
                Optional.empty(),
                "",
                sealed(id, secret),
                Optional.empty(),
                Optional.empty());
        return EndpointStore.insert(tx, made) ? Optional.of(made) : Optional.empty();
    }

    private String sealed(String id, Secret secret) {
        return vault.seal(secret.reveal().getBytes(StandardCharsets.UTF_8), label(id));
    }

    private static String label(String id) {
        return id + " secret";
    }

    /** Brings the endpoints that the configuration declares, and takes away those that it does not any more. */
    public void declare(WriteTx tx, String instanceId, List<Draft> drafts, Instant now) {
        List<Endpoint> present = list(tx, instanceId);
        Set<String> declared = drafts.stream().map(Draft::url).collect(Collectors.toSet());
        present.stream()
                .filter(one -> one.isDeclared() && !declared.contains(one.url()))
                .forEach(one -> EndpointStore.delete(tx, instanceId, one.id()));
        for (Draft draft : drafts) {
            Optional<Endpoint> kept = present.stream()
                    .filter(one -> one.url().equals(draft.url()))
                    .findFirst();
            if (kept.isEmpty()) insert(tx, instanceId, draft, true, now);
            else declare(tx, kept.get(), draft, now);
        }
    }

    private void declare(WriteTx tx, Endpoint kept, Draft draft, Instant now) {
        EndpointStore.declare(tx, kept.id(), draft.eventTypes());
        draft.secret()
                .filter(given -> !given.sameAs(secret(kept)))
                .ifPresent(
                        given -> EndpointStore.setSecret(tx, kept, sealed(kept.id(), given), now.plus(FORMER_SECRET)));
    }

    /** The secret that its app verifies with. */
    public Secret secret(Endpoint endpoint) {
        return opened(endpoint, endpoint.sealedSecret());
    }

    private Secret opened(Endpoint endpoint, String sealed) {
        return Secret.of(new String(vault.open(sealed, label(endpoint.id())), StandardCharsets.UTF_8));
    }

    /** What to sign with now: the secret, and for a while after a change the one before it too. */
    List<byte[]> keys(Endpoint endpoint, Instant now) {
        List<byte[]> keys = new ArrayList<>();
        Signature.key(secret(endpoint)).ifPresent(keys::add);
        boolean formerToo = endpoint.formerSecretUntil().filter(now::isBefore).isPresent();
        if (formerToo)
            endpoint.sealedFormerSecret()
                    .flatMap(former -> Signature.key(opened(endpoint, former)))
                    .ifPresent(keys::add);
        return keys;
    }

    /** Gives it another secret. */
    public Secret rotate(WriteTx tx, Endpoint endpoint, Instant now) {
        Secret fresh = Signature.written(randomness.bytes(SECRET_BYTES));
        EndpointStore.setSecret(tx, endpoint, sealed(endpoint.id(), fresh), now.plus(FORMER_SECRET));
        return fresh;
    }

    /** Takes it away with all that is on its way to it. */
    public boolean remove(WriteTx tx, String instanceId, String id) {
        return EndpointStore.delete(tx, instanceId, id);
    }

    /** Tells it of events again. */
    public boolean enable(WriteTx tx, String instanceId, String id) {
        return EndpointStore.enable(tx, instanceId, id);
    }
}
