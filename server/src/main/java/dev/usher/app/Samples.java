package dev.usher.app;

import dev.usher.base.Figure;
import dev.usher.base.Unavailable;
import dev.usher.delivery.Outbox;
import dev.usher.store.Leases;
import dev.usher.store.Store;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Figures that only the database knows, asked for now and then, so that whoever collects them never waits for it. */
final class Samples implements AutoCloseable {
    private static final int EVERY_SECONDS = 10;

    private final Store store;
    private final Outbox outbox;
    private final Leases leases;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("usher-samples").factory());
    private volatile long waitingMessages;
    private volatile int heldLeases;
    private volatile long skewMillis;
    private volatile boolean isReachable = true;

    @SuppressWarnings("FutureReturnValueIgnored") // The task keeps its own trouble as a figure.
    Samples(Store store, Outbox outbox, Leases leases) {
        this.store = store;
        this.outbox = outbox;
        this.leases = leases;
        timer.scheduleWithFixedDelay(this::take, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void take() {
        try {
            waitingMessages = store.read(outbox::waiting);
            heldLeases = leases.held();
            skewMillis = store.skewMillis();
            isReachable = true;
        } catch (Unavailable e) {
            isReachable = false;
        }
    }

    List<Figure> figures() {
        return List.of(
                Figure.gauge(
                        "usher_store_reachable",
                        "1 when the database answered a moment ago",
                        () -> isReachable ? 1 : 0),
                Figure.gauge("usher_outbox_waiting", "Messages that are not sent yet", () -> waitingMessages),
                Figure.gauge("usher_leases_held", "Periodic work that this node does for all", () -> heldLeases),
                Figure.gauge(
                        "usher_clock_skew_seconds",
                        "How far this machine's clock is ahead of the database's",
                        () -> skewMillis / 1000.0));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
