package dev.usher.http;

import dev.usher.base.Figure;
import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Origin;
import dev.usher.base.Secret;
import dev.usher.base.Unavailable;
import dev.usher.base.WaitedInVain;
import dev.usher.base.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request in, finds its operation, checks what is common to all of them, and finishes every answer. */
public final class Edge {
    /** Who is spoken to. */
    private enum Door {
        FRONTEND,
        BACKEND,
        PAGES
    }

    private static final Logger LOG = LoggerFactory.getLogger("usher.request");
    private static final Set<String> OVERRIDES = Set.of("PUT", "PATCH", "DELETE");
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final Sites sites;
    private final Router frontend;
    private final Router backend;
    private final Router pages;
    private final Piggyback piggyback;
    private final Ids ids;
    private final InstantSource clock;
    private final TrustedProxies trustedProxies;
    private final Refusals refusals;
    private final Probes probes;
    private final Watch watch;
    private final Load load = new Load();

    public Edge(
            Sites sites,
            Router frontend,
            Router backend,
            Router pages,
            Piggyback piggyback,
            Ids ids,
            InstantSource clock,
            TrustedProxies trustedProxies,
            Refusals refusals,
            Probes probes,
            Watch watch) {
        this.sites = sites;
        this.frontend = frontend;
        this.backend = backend;
        this.pages = pages;
        this.piggyback = piggyback;
        this.ids = ids;
        this.clock = clock;
        this.trustedProxies = trustedProxies;
        this.refusals = refusals;
        this.probes = probes;
        this.watch = watch;
    }

    /** A finished answer. */
    record Answer(int status, List<Reply.Header> headers, byte[] body) {}

    Answer answer(Request request) {
        if (Probes.areAsked(request)) return answer(probes.answer(request));
        long started = System.nanoTime();
        Watch.Asked asked = watch.asked(request::header);
        String traceId = asked.traceId().orElseGet(ids::trace);
        Handled handled = handled(request, traceId);
        int status = handled.answer().status();
        asked.answered(request.method(), handled.operation(), status);
        if (LOG.isDebugEnabled()) log(request, handled, started, traceId);
        return handled.answer();
    }

    private static void log(Request request, Handled handled, long started, String traceId) {
        LOG.atDebug()
                .addKeyValue("operation", handled.operation())
                .addKeyValue("trace_id", traceId)
                .log(
                        "{} {} {} {} µs {}",
                        request.method(),
                        request.path(),
                        handled.answer().status(),
                        (System.nanoTime() - started) / 1000,
                        traceId);
    }

    /** An answer and the operation that gave it: method and pattern, empty where there was none. */
    private record Handled(Answer answer, String operation) {
        static Handled of(Answer answer, @Nullable Exchange exchange) {
            if (exchange == null || exchange.pattern().isEmpty()) return new Handled(answer, "");
            return new Handled(answer, exchange.method() + " " + exchange.pattern());
        }
    }

    private Handled handled(Request request, String traceId) {
        Optional<Load.Place> free = load.enter(request);
        if (free.isEmpty()) return Handled.of(refused(null, request, Errors.unavailable(COME_BACK), traceId), null);
        try (Load.Place taken = free.get()) {
            return ScopedValue.where(WaitedInVain.CURRENT, new WaitedInVain()).call(() -> answer(request, traceId));
        }
    }

    private Handled answer(Request request, String traceId) {
        Exchange exchange = null;
        try {
            Form query = Form.parseQuery(request.query());
            Instant now = clock.instant();
            Reached reached = reached(request, now);
            exchange =
                    new Exchange(request, query, reached.site(), reached.way(), now, traceId, method(request, query));
            Exchange arrived = exchange;
            return ScopedValue.where(Origin.CURRENT, arrived.source())
                    .call(() -> Handled.of(finished(arrived, handled(arrived, request.path())), arrived));
        } catch (Refusal refusal) {
            tell(exchange, request, refusal);
            return Handled.of(refused(exchange, request, refusal, traceId), exchange);
        } catch (Unavailable trouble) {
            LOG.warn("unavailable: {} ({})", trouble.getMessage(), traceId, trouble.getCause());
            return Handled.of(refused(exchange, request, Errors.unavailable(trouble.retryAfter()), traceId), exchange);
        } catch (RuntimeException bug) {
            LOG.error("{} {} failed ({})", request.method(), request.path(), traceId, bug);
            return Handled.of(refused(exchange, request, Errors.internal(), traceId), exchange);
        }
    }

    private static Answer answer(Reply reply) {
        return new Answer(reply.status(), reply.headers(), reply.bodyWith(null));
    }

    /** What the edge counts. */
    public List<Figure> figures() {
        return load.figures();
    }

    /** The instance that a request is for, and on which way it came. */
    private record Reached(Site site, Arrival way) {}

    private Reached reached(Request request, Instant now) {
        Arrival way = Arrival.of(request, trustedProxies);
        Optional<Secret> key = secretKey(request);
        if (key.isPresent())
            return new Reached(sites.forSecretKey(key.get(), now).orElseThrow(Errors::secretKeyInvalid), way);
        Optional<String> proxyUrl = proxyUrl(request);
        return proxyUrl.isPresent()
                ? throughProxy(request, proxyUrl.get(), way, now)
                : new Reached(sites.forFrontend(way.host(), now), way);
    }

    /** A proxy of the application is one that shows a key of the instance: only then its word is taken for anything. */
    private Reached throughProxy(Request request, String proxyUrl, Arrival way, Instant now) {
        Secret key = request.header("clerk-secret-key").map(Secret::of).orElseThrow(HandshakeErrors::proxyKeyMissing);
        Site site = sites.forSecretKey(key, now).orElseThrow(HandshakeErrors::proxyKeyInvalid);
        return new Reached(site, way.through(proxyUrl, request));
    }

    private static Optional<Secret> secretKey(Request request) {
        return request.headers("authorization").stream()
                .filter(value -> value.regionMatches(true, 0, "Bearer sk_", 0, 10))
                .findFirst()
                .map(value -> Secret.of(value.substring(7).trim()));
    }

    private static String method(Request request, Form query) {
        if (!request.method().equals("POST")) return request.method();
        String override = query.given("_method").orElse("POST");
        if (override.equals("POST") || OVERRIDES.contains(override)) return override;
        throw Errors.malformedParameters("_method is PUT, PATCH or DELETE.");
    }

    private Reply handled(Exchange exchange, String path) {
        Door door = door(exchange);
        requireSingleHeaders(exchange);
        if (door == Door.FRONTEND) requireOrigin(exchange);
        if (exchange.method().equals("OPTIONS")) return Reply.empty(204);
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        Router.Match match = router(door).find(method, path).orElseThrow(() -> unrouted(exchange, door, path));
        exchange.routed(match, door == Door.PAGES ? ApiVersion.NEWEST : version(exchange));
        return match.handler().handle(exchange);
    }

    private static Door door(Exchange exchange) {
        if (!exchange.isForApi()) return Door.PAGES;
        boolean server = exchange.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer sk_", 0, 10))
                .isPresent();
        return server ? Door.BACKEND : Door.FRONTEND;
    }

    private Router router(Door door) {
        return switch (door) {
            case FRONTEND -> frontend;
            case BACKEND -> backend;
            case PAGES -> pages;
        };
    }

    /** What only servers may ask is refused by its missing key, so that a wrong setting is told from a wrong address. */
    private Refusal unrouted(Exchange exchange, Door door, String path) {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        boolean needsKey = door == Door.FRONTEND && backend.find(method, path).isPresent();
        if (!needsKey) return Errors.noSuchRoute();
        boolean malformed = exchange.header("authorization")
                .filter(value -> !value.regionMatches(true, 0, "Bearer ", 0, 7))
                .isPresent();
        return malformed ? Errors.authorizationFormat() : Errors.secretKeyInvalid();
    }

    private static void requireSingleHeaders(Exchange exchange) {
        if (exchange.headers("origin").size() > 1) throw Errors.manyOrigins();
        if (exchange.headers("authorization").size() > 1) throw Errors.manyAuthorizations();
    }

    private static void requireOrigin(Exchange exchange) {
        boolean hasOrigin = exchange.header("origin").isPresent();
        boolean hasAuthorization = exchange.header("authorization").isPresent();
        if (hasOrigin && hasAuthorization) throw Errors.originAndAuthorization();
        if (hasOrigin && !allowed(exchange)) throw Errors.originInvalid();
        boolean needed = !exchange.site().isDevelopment() && !exchange.isNative() && !SAFE.contains(exchange.method());
        if (needed && !hasOrigin) throw Errors.originMissing();
    }

    private static boolean allowed(Exchange exchange) {
        return exchange.header("origin").filter(exchange::allowsOrigin).isPresent();
    }

    private static ApiVersion version(Exchange exchange) {
        Optional<String> query = exchange.query("__clerk_api_version");
        Optional<String> header = exchange.header("clerk-api-version");
        if (query.isPresent() && header.isPresent())
            throw Errors.apiVersionInvalid("The version is given by header or by query, not by both.");
        return query.or(() -> header)
                .map(date -> ApiVersion.of(date)
                        .orElseThrow(() -> Errors.apiVersionInvalid("This API version is not known.")))
                .orElse(ApiVersion.OLDEST);
    }

    private Answer finished(Exchange exchange, Reply reply) {
        byte[] body = reply.bodyWith(reply.wantsClient() ? piggyback.clientOf(exchange) : null);
        exchange.replyHeaders().forEach(header -> reply.header(header.name(), header.value()));
        decorate(exchange, reply);
        return new Answer(reply.status(), reply.headers(), body);
    }

    private static void decorate(Exchange exchange, Reply reply) {
        Cors.decorate(exchange, reply);
        reply.header("X-Content-Type-Options", "nosniff");
        if (!reply.has("Cache-Control")) reply.header("Cache-Control", "no-store");
    }

    private Answer refused(@Nullable Exchange exchange, Request request, Refusal refusal, String traceId) {
        var body = Json.object();
        var errors = body.putArray("errors");
        refusal.errors().forEach(errors::add);
        body.put("clerk_trace_id", traceId);
        Reply reply = Reply.json(refusal.status(), body);
        if (refusal.retryAfterSeconds() > 0) reply.header("Retry-After", String.valueOf(refusal.retryAfterSeconds()));
        if (exchange != null) decorate(exchange, reply);
        else Cors.decorateUnrouted(request, reply);
        return new Answer(reply.status(), reply.headers(), reply.bodyWith(null));
    }

    private void tell(@Nullable Exchange exchange, Request request, Refusal refusal) {
        Arrival way = Arrival.of(request, trustedProxies);
        Optional<String> origin = request.header("origin");
        if (exchange != null)
            refusals.refused(exchange.site(), way.host(), origin.or(exchange::target), refusal.code(), exchange.now());
        else tellOfStranger(way.host(), origin.or(() -> proxyUrl(request)), refusal.code());
    }

    private static Optional<String> proxyUrl(Request request) {
        return request.header("clerk-proxy-url");
    }

    /** What was refused before its instance was known is told to the instance that the host belongs to; else to the log alone. */
    private void tellOfStranger(String host, Optional<String> origin, String code) {
        Instant now = clock.instant();
        try {
            refusals.refused(sites.forFrontend(host, now), host, origin, code, now);
        } catch (Refusal nobodys) {
            LOG.debug("refused under a name that is nobody's: {}", code);
        }
    }

    /** What is answered when no exchange could be made of the bytes on the wire. */
    Answer malformed(int status, String why) {
        Refusal refusal =
                status == 413 ? Errors.bodyTooLarge(Exchange.BODY_LIMIT_BYTES) : Errors.malformedParameters(why);
        if (status == 431) tellOfStranger("localhost", Optional.empty(), "headers-too-large");
        var body = Json.object();
        body.putArray("errors").add(refusal.json());
        body.put("clerk_trace_id", ids.trace());
        Reply reply = Reply.json(status, body);
        return new Answer(status, reply.headers(), reply.bodyWith(null));
    }
}
