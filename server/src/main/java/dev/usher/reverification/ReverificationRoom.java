package dev.usher.reverification;

import dev.usher.base.Ids;
import dev.usher.client.Clients;
import dev.usher.factor.Factors;
import dev.usher.factor.RateLimits;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.SessionJson;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;

/** The door of this room: {@code /v1/client/sessions/{id}/verify…}. */
public final class ReverificationRoom {
    private static final String VERIFY = "/v1/client/sessions/{session_id}/verify";
    private static final Duration KEPT = Duration.ofDays(1);

    private final Reverifications reverifications;
    private final ReverificationJson json;
    private final RateLimits limits;

    public ReverificationRoom(
            Store store,
            Clients clients,
            Sessions sessions,
            SessionJson sessionJson,
            Factors factors,
            RateLimits limits,
            Ids ids) {
        this.reverifications = new Reverifications(store, clients, sessions, factors, ids);
        this.json = new ReverificationJson(sessionJson);
        this.limits = limits;
    }

    public void mount(Router frontend) {
        frontend.add("POST", VERIFY, this::start)
                .add("POST", VERIFY + "/prepare_first_factor", exchange -> prepare(exchange, Level.Step.FIRST))
                .add("POST", VERIFY + "/attempt_first_factor", exchange -> attempt(exchange, Level.Step.FIRST))
                .add("POST", VERIFY + "/prepare_second_factor", exchange -> prepare(exchange, Level.Step.SECOND))
                .add("POST", VERIFY + "/attempt_second_factor", exchange -> attempt(exchange, Level.Step.SECOND));
    }

    private static String sessionId(Exchange exchange) {
        return exchange.param("session_id");
    }

    private Reply start(Exchange exchange) {
        return reply(exchange, reverifications.start(exchange, sessionId(exchange), exchange.form("level")));
    }

    private Reply prepare(Exchange exchange, Level.Step step) {
        Form form = exchange.form(
                "strategy",
                "email_address_id",
                "phone_number_id",
                "proof_token",
                "default",
                "channel",
                "enterprise_connection_id",
                "redirect_url");
        return reply(exchange, reverifications.prepare(exchange, sessionId(exchange), step, form));
    }

    private Reply attempt(Exchange exchange, Level.Step step) {
        limits.attempts(exchange);
        Form form = exchange.form("strategy", "code", "password", "public_key_credential");
        return reply(exchange, reverifications.attempt(exchange, sessionId(exchange), step, form));
    }

    private Reply reply(Exchange exchange, Reverifications.Shown shown) {
        return Reply.resource(json.of(exchange, shown)).withClient();
    }

    /** Forgets reverifications that have been over for a day; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return ReverificationStore.sweep(tx, now.minus(KEPT));
    }
}
