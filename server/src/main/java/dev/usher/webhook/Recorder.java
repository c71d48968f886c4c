package dev.usher.webhook;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.store.Change;
import dev.usher.store.Witness;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Writes events beside the changes that they tell of, for endpoints that want them; where there are none, nothing. */
final class Recorder implements Witness.Calling {
    private static final String CREATED = ".created";

    private final Supplier<Collection<Instance>> instances;
    private final Subjects subjects;
    private final Vault vault;
    private final Ids ids;
    private final InstantSource clock;
    private final Runnable wake;
    private final AtomicLong position = new AtomicLong();

    Recorder(
            Supplier<Collection<Instance>> instances,
            Subjects subjects,
            Vault vault,
            Ids ids,
            InstantSource clock,
            Runnable wake) {
        this.instances = instances;
        this.subjects = subjects;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
        this.wake = wake;
    }

    @Override
    public Witness to(WriteTx tx) {
        List<Endpoint> endpoints = EndpointStore.all(tx);
        return endpoints.isEmpty() ? new Blind() : new Watching(tx, endpoints);
    }

    /** Nobody wants to be told of anything. */
    private static final class Blind implements Witness {
        @Override
        public void saw(Change change) {}

        @Override
        public void beforeCommit() {}
    }

    /** Of several changes of one kind to one thing, an app is told once, of how it is in the end. */
    private final class Watching implements Witness {
        private final WriteTx tx;
        private final List<Endpoint> endpoints;
        private final Map<String, Change> waiting = new LinkedHashMap<>();

        Watching(WriteTx tx, List<Endpoint> endpoints) {
            this.tx = tx;
            this.endpoints = endpoints;
        }

        @Override
        public void saw(Change change) {
            if (EventTypes.isToldAtOnce(change.type())) record(change);
            else waiting.putIfAbsent(change.type() + " " + change.id(), change);
        }

        @Override
        public void beforeCommit() {
            waiting.values().stream().filter(change -> !isNews(change)).forEach(this::record);
        }

        /** What was made just now is told of as made, and not as changed too. */
        private boolean isNews(Change change) {
            String room = change.type().substring(0, change.type().indexOf('.'));
            return change.type().endsWith(".updated") && waiting.containsKey(room + CREATED + " " + change.id());
        }

        private void record(Change change) {
            for (Instance instance : instances.get()) {
                List<Endpoint> own = endpoints.stream()
                        .filter(one -> one.instanceId().equals(instance.id()))
                        .toList();
                if (own.stream().anyMatch(one -> one.wants(change.type()) || isPendingToo(one, change)))
                    subjects.find(tx, instance, change, clock.instant())
                            .ifPresent(data -> record(instance, own, change, data));
            }
        }

        private static boolean isPendingToo(Endpoint endpoint, Change change) {
            return change.type().equals("session.created") && endpoint.wants("session.pending");
        }

        private void record(Instance instance, List<Endpoint> own, Change change, ObjectNode data) {
            write(instance, own, change.type(), data);
            boolean pending = change.type().equals("session.created")
                    && data.path("status").asString("").equals("pending");
            if (pending) write(instance, own, "session.pending", data);
        }

        private void write(Instance instance, List<Endpoint> own, String type, ObjectNode data) {
            List<Endpoint> wanting = own.stream().filter(one -> one.wants(type)).toList();
            if (wanting.isEmpty()) return;
            Instant now = clock.instant();
            String id = ids.next("msg", now);
            byte[] body = Json.bytes(EventJson.envelope(type, instance, tx.origin(), now, data));
            Event event = new Event(id, instance.id(), type, nextPosition(now), vault.seal(body, id), now);
            DeliveryStore.insert(tx, event);
            wanting.stream()
                    .filter(Endpoint::isEnabled)
                    .forEach(endpoint -> DeliveryStore.send(tx, event, endpoint.id(), now));
            tx.afterCommit(wake);
        }
    }

    private long nextPosition(Instant now) {
        return position.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli() * 1000));
    }
}
