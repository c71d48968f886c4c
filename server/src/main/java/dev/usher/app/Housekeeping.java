package dev.usher.app;

import dev.usher.base.Clock;
import dev.usher.base.Unavailable;
import dev.usher.client.Clients;
import dev.usher.session.ActivityLog;
import dev.usher.session.Sessions;
import dev.usher.session.UserAgents;
import dev.usher.signin.SignInRoom;
import dev.usher.store.Leases;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.token.KeyRotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and then: write noted activity, forget what nobody needs any more. */
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int FLUSH_SECONDS = 5;
    private static final int SWEEP_SECONDS = 600;
    private static final int GROUP = 500;
    /** When the first answers are out: what is loaded then would only hold them up. */
    private static final int PREPARE_SECONDS = 3;

    /** Longer than from one sweep to the next: one node sweeps for all, until it is gone. */
    private static final Duration LEASE = Duration.ofSeconds(SWEEP_SECONDS * 3 / 2);

    /** Forgets what is over for long; tells how many. */
    @FunctionalInterface
    interface Sweep {
        int of(WriteTx tx, Instant now);
    }

    private final Store store;
    private final Clock clock;
    private final ActivityLog activityLog;
    private final Sessions sessions;
    private final SignInRoom signIn;
    private final Clients clients;
    private final List<Sweep> sweeps;
    private final Leases leases;
    private final Consumer<Instant> tellExpired;
    /** Of the timer's thread alone. */
    private Instant toldUntil;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("usher-housekeeping").daemon().factory());

    Housekeeping(
            Store store,
            Clock clock,
            ActivityLog activityLog,
            Sessions sessions,
            SignInRoom signIn,
            Clients clients,
            List<Sweep> sweeps,
            List<KeyRotation> rotations,
            Leases leases,
            Consumer<Instant> tellExpired) {
        this.store = store;
        this.clock = clock;
        this.activityLog = activityLog;
        this.sessions = sessions;
        this.signIn = signIn;
        this.clients = clients;
        this.sweeps = List.copyOf(sweeps);
        this.leases = leases;
        this.tellExpired = tellExpired;
        this.toldUntil = clock.instant();
        every(FLUSH_SECONDS, activityLog::flush);
        every(SWEEP_SECONDS, this::sweep);
        every(1, this::tellExpired);
        every(1, () -> rotations.forEach(rotation -> rotation.tend(clock.instant())));
        later(PREPARE_SECONDS, UserAgents::prepare);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own trouble, and goes on.
    private void every(int seconds, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), seconds, seconds, TimeUnit.SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own trouble.
    private void later(int seconds, Runnable task) {
        timer.schedule(() -> guarded(task), seconds, TimeUnit.SECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Unavailable e) {
            LOG.warn("housekeeping has to wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("housekeeping failed", e);
        }
    }

    /** On one node at a time. Whatever is forgotten twice is forgotten all the same. */
    private void sweep() {
        leases.take("sweep", LEASE).ifPresent(lease -> sweep(lease, clock.instant()));
    }

    /** In small groups, so that no request waits long behind them. */
    private void sweep(Leases.Lease lease, Instant now) {
        while (isHeld(lease) && sessions.sweep(now, GROUP) == GROUP) {}
        while (isHeld(lease) && signIn.sweep(now, GROUP) >= GROUP) {}
        while (isHeld(lease) && clients.sweep(now, GROUP) == GROUP) {}
        sweeps.forEach(sweep -> store.change(tx -> {
            if (lease.holds(tx)) sweep.of(tx, now);
        }));
    }

    /** By the clock and not by the timer, so that it happens as well when a development clock is put forward. */
    private void tellExpired() {
        Instant now = clock.instant();
        if (now.isBefore(toldUntil.plusSeconds(SWEEP_SECONDS))) return;
        activityLog.flush();
        leases.take("sweep", LEASE).filter(this::isHeld).ifPresent(lease -> tellExpired.accept(now));
        toldUntil = now;
    }

    private boolean isHeld(Leases.Lease lease) {
        return store.write(lease::holds);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        activityLog.flush();
    }
}
