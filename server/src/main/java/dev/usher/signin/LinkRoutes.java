package dev.usher.signin;

import dev.usher.base.Secret;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/verify}: where links out of mails lead. */
final class LinkRoutes {
    private static final String PATH = "/v1/verify";

    private final LinkVisits visits;

    LinkRoutes(LinkVisits visits) {
        this.visits = visits;
    }

    void mount(Router frontend) {
        frontend.add("GET", PATH, this::open).add("POST", PATH, this::confirm);
    }

    /** Whoever only looks, or fetches ahead for somebody who may never come, uses nothing up. */
    private Reply open(Exchange exchange) {
        if (exchange.isPrefetch()) throw Errors.unavailable(Duration.ofSeconds(1));
        if (exchange.isHead()) return Reply.none();
        return visit(exchange, Secret.of(exchange.query("token").orElse("")), false);
    }

    private Reply confirm(Exchange exchange) {
        return visit(exchange, Secret.of(exchange.form("token").required("token")), true);
    }

    private Reply visit(Exchange exchange, Secret token, boolean isConfirmed) {
        return switch (visits.open(exchange, token, isConfirmed)) {
            case LinkVisits.Outcome.Ended ended -> ended(ended);
            case LinkVisits.Outcome.Asked(var aim) -> LinkPage.of(Instance.of(exchange), aim, token);
        };
    }

    private static Reply ended(LinkVisits.Outcome.Ended ended) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("__clerk_status", ended.status());
        ended.sessionId().ifPresent(id -> told.put("__clerk_created_session", id));
        Reply reply = Reply.redirect(303, ended.target().with(told)).header("Referrer-Policy", "no-referrer");
        return ended.sessionId().isPresent() ? reply.withClient() : reply;
    }
}
