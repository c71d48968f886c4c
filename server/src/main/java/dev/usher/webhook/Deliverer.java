package dev.usher.webhook;

import dev.usher.base.Unavailable;
import dev.usher.base.Vault;
import dev.usher.delivery.Rounds;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what is due: to each endpoint one event after the other, to several endpoints side by side, so that a slow one holds
 * up nobody but itself.
 */
final class Deliverer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    /** After each try that failed, the last of them but one. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private static final Duration DISABLED_AFTER = Duration.ofDays(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Beyond the time of a try: until then no other node tries the same. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private static final int SIDE_BY_SIDE = 32;

    private final Store store;
    private final Endpoints endpoints;
    private final Vault vault;
    private final InstantSource clock;
    private final Duration patience;
    private final Function<String, Reach> reach;
    private final Posting posting;
    private final Semaphore wake;
    private final Semaphore room = new Semaphore(SIDE_BY_SIDE);
    private final Map<String, Thread> lanes = new ConcurrentHashMap<>();
    private final Rounds rounds;
    private volatile boolean closing;

    /**
     * @param reach what an instance, named by its id, may call
     * @param wake released when there is something to send
     */
    Deliverer(
            Store store,
            Endpoints endpoints,
            Vault vault,
            InstantSource clock,
            Duration patience,
            Function<String, Reach> reach,
            Semaphore wake) {
        this.store = store;
        this.endpoints = endpoints;
        this.vault = vault;
        this.clock = clock;
        this.patience = patience;
        this.reach = reach;
        this.wake = wake;
        this.posting = new Posting(patience);
        this.rounds = new Rounds("usher-webhooks", LOOK, patience, wake, this::round);
    }

    private void round() {
        for (Endpoint endpoint : store.read(tx -> EndpointStore.due(tx, clock.instant())))
            if (!closing) lanes.computeIfAbsent(endpoint.id(), id -> lane(endpoint));
    }

    private Thread lane(Endpoint endpoint) {
        return Thread.ofVirtual().name("usher-webhook-" + endpoint.id()).start(() -> run(endpoint));
    }

    private void run(Endpoint endpoint) {
        boolean sent = false;
        try {
            while (!closing && sendNext(endpoint)) sent = true;
        } catch (Unavailable e) {
            LOG.warn("webhooks have to wait: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("sending to endpoint {} failed", endpoint.id(), e);
        } finally {
            lanes.remove(endpoint.id());
            if (sent) wake.release(); // for what came since its last look
        }
    }

    /** Whether there may be more. The endpoint is looked up each time: its secret may be another, or it be gone. */
    private boolean sendNext(Endpoint seen) throws InterruptedException {
        room.acquire();
        try {
            Instant now = clock.instant();
            Optional<Endpoint> endpoint = store.read(tx -> EndpointStore.find(tx, seen.instanceId(), seen.id()))
                    .filter(Endpoint::isEnabled);
            if (endpoint.isEmpty()) return false;
            Optional<DeliveryStore.Due> due = store.read(tx -> DeliveryStore.next(tx, seen.id(), now));
            due.ifPresent(one -> send(endpoint.get(), one, now));
            return due.isPresent();
        } finally {
            room.release();
        }
    }

    private void send(Endpoint endpoint, DeliveryStore.Due due, Instant now) {
        Instant until = now.plus(patience).plus(SLACK);
        if (!store.write(tx -> DeliveryStore.claim(tx, due, endpoint.id(), until, now))) return;
        Answer answer = post(endpoint, due.event(), now);
        String id = due.event().id();
        Instant then = clock.instant();
        if (answer.isTaken())
            store.change(tx -> {
                DeliveryStore.delivered(tx, id, endpoint.id(), answer, then);
                EndpointStore.works(tx, endpoint.id());
            });
        else failed(endpoint, id, due.attempts() + 1, answer, then);
    }

    private Answer post(Endpoint endpoint, Event event, Instant now) {
        String body = new String(vault.open(event.sealedBody(), event.id()), StandardCharsets.UTF_8);
        Map<String, String> headers = Signature.headers(event.id(), now, body, endpoints.keys(endpoint, now));
        return posting.post(URI.create(endpoint.url()), body, headers, reach.apply(endpoint.instanceId()));
    }

    private void failed(Endpoint endpoint, String eventId, int attempts, Answer answer, Instant now) {
        Optional<Instant> next =
                attempts <= PAUSES.size() ? Optional.of(now.plus(PAUSES.get(attempts - 1))) : Optional.empty();
        LOG.info("event {} was not taken by endpoint {}, try {}: {}", eventId, endpoint.id(), attempts, brief(answer));
        store.change(tx -> {
            DeliveryStore.failed(tx, eventId, endpoint.id(), answer, next, now);
            Instant since = EndpointStore.fails(tx, endpoint.id(), now);
            if (answer.isGone()) disable(tx, endpoint, "it answered 410", now);
            else if (!now.isBefore(since.plus(DISABLED_AFTER)))
                disable(tx, endpoint, "nothing was taken for 5 days", now);
        });
    }

    private static String brief(Answer answer) {
        return answer.status().map(status -> "status " + status).orElse(answer.text());
    }

    private static void disable(WriteTx tx, Endpoint endpoint, String why, Instant now) {
        EndpointStore.disable(tx, endpoint.id(), why, now);
        DeliveryStore.giveUpAll(tx, endpoint.id(), now);
        tx.afterCommit(() -> LOG.warn("webhook endpoint {} is disabled: {}", endpoint.id(), why));
    }

    /** Lets the tries under way end and be noted: an interrupted one would be made again after the next start. */
    @Override
    public void close() throws IOException {
        closing = true;
        rounds.close();
        try {
            for (Thread lane : lanes.values()) if (!lane.join(patience)) lane.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        posting.close();
    }
}
