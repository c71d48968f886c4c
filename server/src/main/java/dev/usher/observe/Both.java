package dev.usher.observe;

import dev.usher.base.Watch;
import java.util.Optional;
import java.util.function.Function;

/** Figures and traces at once. */
public record Both(Watch figures, Watch traces) implements Watch {
    @Override
    public Running begin(Part part) {
        Running figure = figures.begin(part);
        Running span = traces.begin(part);
        return () -> {
            span.close();
            figure.close();
        };
    }

    @Override
    public Asked asked(Function<String, Optional<String>> header) {
        Asked figure = figures.asked(header);
        Asked span = traces.asked(header);
        return new Asked() {
            @Override
            public Optional<String> traceId() {
                return span.traceId();
            }

            @Override
            public void answered(String method, String operation, int status) {
                span.answered(method, operation, status);
                figure.answered(method, operation, status);
            }
        };
    }
}
