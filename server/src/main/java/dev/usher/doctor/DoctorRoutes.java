package dev.usher.doctor;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.instance.OwnNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /_usher/doctor} of a development instance, and the same as JSON: there for every program of this machine, and of every
 * instance for those who hold its secret key.
 */
public final class DoctorRoutes {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
    private static final Duration RECENT = Duration.ofMinutes(15);

    private final Incidents incidents;
    private final String version;

    public DoctorRoutes(Incidents incidents, String version) {
        this.incidents = incidents;
        this.version = version;
    }

    public void mount(Router pages) {
        pages.add("GET", "/_usher/doctor", this::page).add("GET", "/_usher/doctor.json", this::json);
    }

    private Reply page(Exchange exchange) {
        OwnNames.require(exchange);
        String html = new DoctorPage(Instance.of(exchange), exchange.now(), version).of(recent(exchange));
        return Reply.bytes(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin");
    }

    private List<Incident> recent(Exchange exchange) {
        return incidents.of(exchange.site(), exchange.now().minus(RECENT));
    }

    /** A secret key was looked up by the edge already, and led to this instance. */
    private Reply json(Exchange exchange) {
        boolean holdsKey = exchange.header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer sk_", 0, 10))
                .isPresent();
        if (!holdsKey) OwnNames.require(exchange);
        Instance instance = Instance.of(exchange);
        ObjectNode json = Json.object()
                .put("now", exchange.now().toEpochMilli())
                .put("version", version)
                .put("environment", instance.isDevelopment() ? "development" : "production")
                .put("publishable_key", instance.publishableKey())
                .put("public_url", instance.publicUrl())
                .put("issuer", instance.issuer());
        var list = json.putArray("incidents");
        recent(exchange).forEach(one -> list.add(json(one)));
        return Reply.bare(json);
    }

    private static ObjectNode json(Incident one) {
        return Json.object()
                .put("ending", one.ending().name().toLowerCase(Locale.ROOT))
                .put("reason", one.reason())
                .put("finding", one.fault().map(Fault::id).orElse(null))
                .put("host", one.host())
                .put("origin", one.origin().isEmpty() ? null : one.origin())
                .put("count", one.count())
                .put("first_at", one.first().toEpochMilli())
                .put("last_at", one.last().toEpochMilli());
    }
}
