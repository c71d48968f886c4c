package dev.usher.observe;

import dev.usher.base.Watch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Traces over OTLP: a span for each request and for its transactions, signatures and hashes. A trace that the caller began is
 * gone on with (W3C trace context). A span names the operation and the status, and nobody.
 */
public final class Traces implements Watch, AutoCloseable {
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final long LAST_SECONDS = 5;

    private static final TextMapGetter<Function<String, Optional<String>>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Function<String, Optional<String>> header) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Function<String, Optional<String>> header, String key) {
            return header == null ? null : header.apply(key).orElse(null);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * @param endpoint such as {@code http://collector.example.com:4318/v1/traces}
     * @param percent of those requests that belong to no trace yet
     */
    public Traces(String endpoint, int percent, String version) {
        Attributes service = Attributes.of(
                AttributeKey.stringKey("service.name"), "usher", AttributeKey.stringKey("service.version"), version);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(service)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(percent / 100.0)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint)
                                .build())
                        .build())
                .build();
        tracer = provider.get("dev.usher");
    }

    @Override
    public Running begin(Part part) {
        if (!Span.current().getSpanContext().isValid()) return Watch.NONE.begin(part);
        Span span = tracer.spanBuilder(part.name().toLowerCase(Locale.ROOT)).startSpan();
        return span::end;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The scope is closed with the answer, in the same thread.
    public Asked asked(Function<String, Optional<String>> header) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADERS);
        Span span = tracer.spanBuilder("request")
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        return new Traced(span, span.makeCurrent());
    }

    private record Traced(Span span, Scope scope) implements Asked {
        @Override
        public Optional<String> traceId() {
            return Optional.of(span.getSpanContext().getTraceId());
        }

        @Override
        public void answered(String method, String operation, int status) {
            scope.close();
            span.updateName(operation.isEmpty() ? method : operation);
            span.setAttribute(METHOD, method).setAttribute(STATUS, (long) status);
            if (status >= 500) span.setStatus(StatusCode.ERROR);
            span.end();
        }
    }

    /** Sends what was not sent yet. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
