package dev.usher.app;

import dev.usher.base.Unavailable;
import dev.usher.instance.Instances;
import dev.usher.store.Schema;
import dev.usher.store.Store;
import dev.usher.token.KeyRings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Whether this node can do its work: the database, its schema, the disk and the signing keys. Looked at once a second. */
final class Readiness implements Supplier<Map<String, String>> {
    private static final String OK = "ok";
    private static final long LEAST_FREE_BYTES = 64L * 1024 * 1024;
    private static final long PATIENCE_MILLIS = 1500;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Seen(Map<String, String> found, long at) {}

    private final Store store;
    private final Instances instances;
    private final KeyRings keys;
    private final Optional<Path> data;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Map.of(), System.nanoTime() - FRESH_NANOS);

    Readiness(Store store, Instances instances, KeyRings keys, Optional<Path> data, InstantSource clock) {
        this.store = store;
        this.instances = instances;
        this.keys = keys;
        this.data = data;
        this.clock = clock;
    }

    /** One asks at a time; the others wait for what it finds. */
    @Override
    public synchronized Map<String, String> get() {
        if (System.nanoTime() - seen.at() >= FRESH_NANOS) seen = new Seen(looked(), System.nanoTime());
        return seen.found();
    }

    private Map<String, String> looked() {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("database", inTime(this::schema));
        found.put("disk", data.map(Readiness::disk).orElse(OK));
        found.put("keys", inTime(this::keys));
        return found;
    }

    private String schema() {
        return store.<Boolean>glance(Schema::isCurrent) ? OK : "its schema is not this program's";
    }

    private String keys() {
        Instant now = clock.instant();
        instances.all().forEach(instance -> keys.of(instance).pem(now));
        return OK;
    }

    private static String disk(Path folder) {
        try {
            FileStore disk = Files.getFileStore(folder);
            return disk.getUsableSpace() >= LEAST_FREE_BYTES ? OK : "less than 64 MiB are free";
        } catch (IOException e) {
            return "the data folder cannot be looked at";
        }
    }

    /** On a thread that may go on waiting when nobody waits for it any more. */
    private static String inTime(Supplier<String> look) {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                found.complete(look.get());
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "does not answer";
        } catch (ExecutionException e) {
            return e.getCause() instanceof Unavailable ? "does not answer" : "failed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "does not answer";
        }
    }
}
