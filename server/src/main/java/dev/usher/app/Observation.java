package dev.usher.app;

import dev.usher.base.Figure;
import dev.usher.base.Watch;
import dev.usher.http.TextListener;
import dev.usher.observe.Both;
import dev.usher.observe.Prometheus;
import dev.usher.observe.Traces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures and traces, where the settings ask for them; else nothing of theirs is even loaded. */
final class Observation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

    private final Config.ObserveConfig config;
    private final Optional<Prometheus> figures;
    private final Watch watch;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Observation(Config.ObserveConfig config) {
        this.config = config;
        figures = config.metricsPort().map(port -> closing(new Prometheus()));
        Optional<Traces> traces = config.tracesEndpoint()
                .map(endpoint -> closing(new Traces(endpoint, config.tracesPercent(), Version.text())));
        Watch counting = figures.<Watch>map(one -> one).orElse(Watch.NONE);
        watch = traces.<Watch>map(spans -> figures.isPresent() ? new Both(counting, spans) : spans)
                .orElse(counting);
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    Watch watch() {
        return watch;
    }

    boolean isOn() {
        return watch != Watch.NONE;
    }

    boolean countsAnything() {
        return figures.isPresent();
    }

    /** Lets the figures be seen. */
    void listen(List<Figure> all) {
        figures.ifPresent(shown -> {
            all.forEach(shown::show);
            TextListener listener = closing(new TextListener(
                    config.metricsHost(),
                    config.metricsPort().orElseThrow(),
                    "/metrics",
                    Prometheus.CONTENT_TYPE,
                    shown::text));
            LOG.info("metrics are at http://{}:{}/metrics", config.metricsHost(), listener.port());
        });
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }
}
