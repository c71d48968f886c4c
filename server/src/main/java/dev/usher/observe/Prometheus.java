package dev.usher.observe;

import dev.usher.base.Figure;
import dev.usher.base.Watch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Figures in the text form of Prometheus. */
public final class Prometheus implements Watch, AutoCloseable {
    /** The type of what {@link #text} says. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private record Answered(String operation, String result) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Answered, Timer> requests = new ConcurrentHashMap<>();
    private final Timer[] parts = Stream.of(Part.values()).map(this::timer).toArray(Timer[]::new);
    /** The registry holds on to nothing that it is shown. */
    private final Queue<Figure> shown = new ConcurrentLinkedQueue<>();

    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Prometheus() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private Timer timer(Part part) {
        Timer.Builder timer = switch (part) {
            case READ, GLANCE, WRITE ->
                Timer.builder("usher.store")
                        .description("Transactions, their waiting included")
                        .tag("kind", part.name().toLowerCase(Locale.ROOT));
            case SIGNATURE -> Timer.builder("usher.signature").description("Signatures of tokens");
            case HASH -> Timer.builder("usher.hash").description("Password hashes, their waiting included");
        };
        return timer.serviceLevelObjectives(BUCKETS).register(registry);
    }

    /** Takes up a figure that somebody else keeps. */
    public void show(Figure figure) {
        shown.add(figure);
        if (figure.grows())
            FunctionCounter.builder(figure.name(), figure, one -> one.value().getAsDouble())
                    .description(figure.help())
                    .register(registry);
        else
            Gauge.builder(figure.name(), figure, one -> one.value().getAsDouble())
                    .description(figure.help())
                    .register(registry);
    }

    @Override
    public Running begin(Part part) {
        long began = System.nanoTime();
        Timer timer = parts[part.ordinal()];
        return () -> timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    @Override
    public Asked asked(Function<String, Optional<String>> header) {
        long began = System.nanoTime();
        return new Asked() {
            @Override
            public Optional<String> traceId() {
                return Optional.empty();
            }

            @Override
            public void answered(String method, String operation, int status) {
                requests.computeIfAbsent(new Answered(operation, result(status)), Prometheus.this::timer)
                        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        };
    }

    private Timer timer(Answered answered) {
        return Timer.builder("usher.requests")
                .description("Requests by operation and result")
                .tag("operation", answered.operation().isEmpty() ? "none" : answered.operation())
                .tag("result", answered.result())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String result(int status) {
        if (status == 503) return "unavailable";
        if (status >= 500) return "failed";
        return status >= 400 ? "refused" : "ok";
    }

    /** Everything, as a scraper takes it. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
