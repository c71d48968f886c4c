package dev.usher.webhook;

import dev.usher.base.AddressBlock;
import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Origin;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The door of this room: endpoints, and the events on their way to them. */
public final class Webhooks {
    private static final int SWEPT_AT_ONCE = 500;

    private final Vault vault;
    private final Ids ids;
    private final Settings settings;
    private final Endpoints endpoints;

    /**
     * What holds for every endpoint.
     *
     * @param allowed addresses that may be called besides public ones
     * @param patience how long one try may take
     * @param retention how long events are kept
     */
    public record Settings(List<AddressBlock> allowed, Duration patience, Duration retention) {}

    /** What of this process is needed to send. */
    public record Site(Store store, Supplier<Collection<Instance>> instances, InstantSource clock) {
        Reach reach(String instanceId, Settings settings) {
            boolean development =
                    instances.get().stream().anyMatch(one -> one.id().equals(instanceId) && one.isDevelopment());
            return new Reach(settings.allowed(), development);
        }
    }

    public Webhooks(Vault vault, Ids ids, Randomness randomness, Settings settings) {
        this.vault = vault;
        this.ids = ids;
        this.settings = settings;
        this.endpoints = new Endpoints(vault, ids, randomness);
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** Writes events from now on and sends them, until it is closed. */
    public AutoCloseable open(Site site, Subjects subjects) {
        Semaphore wake = new Semaphore(1);
        site.store().watchedBy(new Recorder(site.instances(), subjects, vault, ids, site.clock(), wake::release));
        return deliverer(site, wake);
    }

    private Deliverer deliverer(Site site, Semaphore wake) {
        return new Deliverer(
                site.store(),
                endpoints,
                vault,
                site.clock(),
                settings.patience(),
                id -> site.reach(id, settings),
                wake);
    }

    /** Posts an event that tells of nothing, once, and says what came of it. */
    public Answer test(Instance instance, Endpoint endpoint, Instant now) throws IOException {
        String id = ids.next("msg", now);
        var body = EventJson.envelope(
                EventTypes.TEST,
                instance,
                Origin.NONE,
                now,
                Json.object().put("object", "test").put("id", id));
        String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
        try (Posting posting = new Posting(settings.patience())) {
            return posting.post(
                    URI.create(endpoint.url()),
                    text,
                    Signature.headers(id, now, text, endpoints.keys(endpoint, now)),
                    new Reach(settings.allowed(), instance.isDevelopment()));
        }
    }

    /** How it stands with the newest events, the newest first. */
    public List<Delivery> recent(Tx tx, Instance instance, Optional<String> endpointId, int limit) {
        return DeliveryStore.newest(tx, instance.id(), endpointId, limit);
    }

    /** The body of an event, as it is sent. */
    public Optional<String> body(Tx tx, Instance instance, String eventId) {
        return DeliveryStore.event(tx, instance.id(), eventId)
                .map(event -> new String(vault.open(event.sealedBody(), event.id()), StandardCharsets.UTF_8));
    }

    /**
     * How many events an endpoint would be sent again: those that it has not taken and that are not on their way, or all that
     * it wants.
     */
    public int missed(Tx tx, Endpoint endpoint, Instant since, boolean takenToo) {
        return wanted(tx, endpoint, since, takenToo).size();
    }

    private static List<Event> wanted(Tx tx, Endpoint endpoint, Instant since, boolean takenToo) {
        return DeliveryStore.since(tx, endpoint, since, takenToo).stream()
                .filter(event -> endpoint.wants(event.type()))
                .toList();
    }

    /** Sends them again; tells how many. */
    public int replay(WriteTx tx, Endpoint endpoint, Instant since, boolean takenToo, Instant now) {
        List<Event> events = wanted(tx, endpoint, since, takenToo);
        events.forEach(event -> DeliveryStore.send(tx, event, endpoint.id(), now));
        return events.size();
    }

    /** Sends one event again to every endpoint of these; whether there is such an event. */
    public boolean replay(WriteTx tx, Instance instance, String eventId, List<Endpoint> to, Instant now) {
        Optional<Event> event = DeliveryStore.event(tx, instance.id(), eventId);
        event.ifPresent(one -> to.forEach(endpoint -> DeliveryStore.send(tx, one, endpoint.id(), now)));
        return event.isPresent();
    }

    /** Whether somebody wants to be told of sessions that come to their end by themselves. */
    public boolean tellsExpiry(Tx tx, Instance instance) {
        return endpoints.list(tx, instance.id()).stream().anyMatch(one -> one.wants(EventTypes.SESSION_EXPIRED));
    }

    /** Forgets old events; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return DeliveryStore.sweep(tx, now.minus(settings.retention()), SWEPT_AT_ONCE);
    }
}
