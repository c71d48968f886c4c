package dev.usher.store;

import dev.usher.base.Figure;
import dev.usher.base.Watch;
import java.util.List;
import java.util.function.Function;

/** A store whose transactions are watched, the time that they wait included. */
public final class WatchedStore implements Store {
    private final Store store;
    private final Watch watch;

    public WatchedStore(Store store, Watch watch) {
        this.store = store;
        this.watch = watch;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try (var reading = watch.begin(Watch.Part.READ)) {
            return store.read(work);
        }
    }

    @Override
    public <T> T glance(Function<Tx, T> work) {
        try (var glancing = watch.begin(Watch.Part.GLANCE)) {
            return store.glance(work);
        }
    }

    @Override
    public <T> T write(Function<WriteTx, T> work) {
        try (var writing = watch.begin(Watch.Part.WRITE)) {
            return store.write(work);
        }
    }

    @Override
    public void watchedBy(Witness.Calling witnesses) {
        store.watchedBy(witnesses);
    }

    @Override
    public List<Figure> figures() {
        return store.figures();
    }

    @Override
    public long skewMillis() {
        return store.skewMillis();
    }

    @Override
    public void close() {
        store.close();
    }
}
