package dev.usher.checks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many callers, each on a thread of its own, who start together. */
public final class Crowd {
    private Crowd() {}

    /** Lets so many callers go at once and returns what each brought back, in order. */
    public static <T> List<T> of(int size, IntFunction<Callable<T>> caller) {
        CountDownLatch barrier = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Callable<T> call = caller.apply(i);
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return call.call();
                }));
            }
            barrier.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError("one of the crowd failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
