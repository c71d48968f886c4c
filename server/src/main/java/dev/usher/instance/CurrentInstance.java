package dev.usher.instance;

import dev.usher.base.Unavailable;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The instance with its settings as they are now. A change made here holds as soon as it is kept; one that another node made
 * is seen with the next call of the Backend API, or a second later.
 */
final class CurrentInstance {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The instance, and the changes from which it was made as the database holds them. */
    private record Image(Instance instance, String changes) {}

    private final Store store;
    private final Instance declared;
    private final AtomicLong lookedAtMillis;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Image image;

    CurrentInstance(Store store, Instance declared, String changes, Instant now) {
        this.store = store;
        this.declared = declared;
        this.lookedAtMillis = new AtomicLong(now.toEpochMilli());
        this.image = image(changes);
    }

    private Image image(String changes) {
        return new Image(changed(declared, changes), changes);
    }

    /** The declared instance with the changes that were made while it ran. */
    static Instance changed(Instance declared, String changes) {
        return declared.with(ChangedSettings.parse(changes).over(declared.settings()));
    }

    Instance get() {
        return image.instance();
    }

    /** The instance, looked at in the database when the last look is a second old. */
    Instance get(Instant now) {
        long last = lookedAtMillis.get();
        boolean isDue = now.toEpochMilli() - last >= LOOK_EVERY.toMillis()
                && lookedAtMillis.compareAndSet(last, now.toEpochMilli());
        return isDue ? lookedAgain() : get();
    }

    /**
     * Keeps the settings that are known while the database does not answer: what needs it will say so itself. Nobody waits for
     * somebody else's look.
     */
    private Instance lookedAgain() {
        if (!looking.tryLock()) return get();
        try {
            return refreshed();
        } catch (Unavailable e) {
            return get();
        } finally {
            looking.unlock();
        }
    }

    /** The instance as this transaction sees it. */
    Instance in(Tx tx) {
        String changes = InstanceStore.changedSettings(tx, declared.id());
        return image.changes().equals(changes) ? get() : image(changes).instance();
    }

    /** One at a time, each reading anew, so that an older state never takes the place of a newer one. */
    Instance refreshed() {
        looking.lock();
        try {
            String changes = store.read(tx -> InstanceStore.changedSettings(tx, declared.id()));
            if (!image.changes().equals(changes)) image = image(changes);
            return get();
        } finally {
            looking.unlock();
        }
    }

    /** Changes the settings and keeps them; they hold when this returns. */
    Instance change(UnaryOperator<ChangedSettings> change, Instant now) {
        store.change(tx -> {
            ChangedSettings present = ChangedSettings.parse(InstanceStore.changedSettings(tx, declared.id()));
            InstanceStore.setChangedSettings(
                    tx, declared.id(), change.apply(present).text(), now);
        });
        return refreshed();
    }
}
