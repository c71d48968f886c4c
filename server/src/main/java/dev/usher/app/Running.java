package dev.usher.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a started server until the process is asked to stop, and then closes it in order. */
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Closes the server when the process gets SIGTERM or SIGINT. */
    void closeAtExit(Server server) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("usher-stop").unstarted(() -> close(server)));
    }

    private void close(Server server) {
        Thread watchdog = Thread.ofPlatform().daemon().unstarted(() -> haltAfterPatience());
        watchdog.start();
        try {
            server.close();
        } catch (Exception e) {
            LOG.error("the server did not stop cleanly", e);
        } finally {
            stopped.countDown();
        }
    }

    private static void haltAfterPatience() {
        try {
            Thread.sleep(PATIENCE);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void await() throws InterruptedException {
        stopped.await();
    }
}
