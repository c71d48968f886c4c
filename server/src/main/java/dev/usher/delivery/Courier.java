package dev.usher.delivery;

import dev.usher.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what waits in the outbox, again with growing pauses where it is not taken. */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration UNDER_WAY = Duration.ofSeconds(12);
    /** Longer than any mail server is waited for: until then no other courier tries. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private static final int GROUP = 32;

    private final Store store;
    private final Outbox outbox;
    private final Map<Channel, Sender> senders;
    private final InstantSource clock;
    private final Rounds rounds;
    private volatile boolean closing;

    /**
     * @param senders one for each channel whose messages are sent
     * @param wake released when there is something to send
     */
    public Courier(Store store, Outbox outbox, Map<Channel, Sender> senders, InstantSource clock, Semaphore wake) {
        this.store = store;
        this.outbox = outbox;
        this.senders = Map.copyOf(senders);
        this.clock = clock;
        this.rounds = new Rounds("usher-courier", LOOK, UNDER_WAY, wake, this::sendDue);
    }

    private void sendDue() {
        List<OutboxStore.Row> due;
        do {
            due = store.read(tx -> OutboxStore.due(tx, clock.instant(), GROUP));
            for (OutboxStore.Row row : due) if (!closing) send(row);
        } while (due.size() == GROUP && !closing);
    }

    private void send(OutboxStore.Row row) {
        Instant now = clock.instant();
        if (!now.isBefore(row.notAfter())) {
            LOG.warn("message {} was not sent in time and is given up", row.id());
            store.change(tx -> OutboxStore.givenUp(tx, row.id(), now));
            return;
        }
        if (!store.write(tx -> OutboxStore.claim(tx, row, now.plus(CLAIM)))) return;
        try {
            sender(row).send(row.id(), row.recipient(), outbox.subject(row), outbox.body(row));
            store.change(tx -> OutboxStore.delivered(tx, row.id(), clock.instant()));
        } catch (IOException e) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.attempts(), 8));
            LOG.warn("message {} is tried again in {} s", row.id(), pause.toSeconds(), e);
            store.change(tx -> OutboxStore.failed(tx, row.id(), e.toString(), now.plus(pause)));
        }
    }

    private Sender sender(OutboxStore.Row row) throws IOException {
        Sender sender = senders.get(row.channel());
        if (sender == null)
            throw new IOException("no sender is configured for " + row.channel().wire());
        return sender;
    }

    /** Lets the message under way be sent and noted as sent: an interrupted one would be sent again after the next start. */
    @Override
    public void close() {
        closing = true;
        rounds.close();
    }
}
