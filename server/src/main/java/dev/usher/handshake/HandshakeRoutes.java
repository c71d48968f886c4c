package dev.usher.handshake;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.client.SignedInMark;
import dev.usher.doctor.Incidents;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.HandshakeErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.instance.ReturnTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The redirects of handshakes and of cookie renewal, the redemption of nonces, and a proxy's question whether it is right. */
public final class HandshakeRoutes {
    private static final Set<String> FORMATS = Set.of("nonce", "token");
    private static final int SECONDS_UNDER_WAY = 60;

    private final Handshakes handshakes;
    private final Incidents incidents;
    private final Hops hops;

    public HandshakeRoutes(Handshakes handshakes, Incidents incidents) {
        this.handshakes = handshakes;
        this.incidents = incidents;
        this.hops = new Hops(incidents);
    }

    public void mount(Router frontend, Router backend) {
        frontend.add("GET", "/v1/client/handshake", this::handshake)
                .add("GET", "/v1/client/touch", this::touch)
                .add("GET", "/v1/proxy-health", this::proxyHealth);
        backend.add("GET", "/v1/clients/handshake_payload", this::payload);
    }

    private Reply handshake(Exchange exchange) {
        ReturnTarget target = ReturnTarget.of(exchange);
        boolean asNonce = format(exchange).equals("nonce");
        boolean byCookie = !exchange.site().isDevelopment();
        if (byCookie && !target.sharesCookies(exchange)) throw HandshakeErrors.redirectUrlForeign();
        Optional<Reply> end = hops.count(exchange, target);
        if (end.isPresent()) return end.get();
        List<String> directives = handshakes.directives(exchange, target);
        incidents.answered(exchange, target.origin());
        String name = asNonce ? Directives.NONCE : Directives.TOKEN;
        String value =
                asNonce ? handshakes.keep(exchange, directives).reveal() : handshakes.token(exchange, directives);
        if (!byCookie) return Reply.redirect(307, target.with(name, value));
        exchange.replyHeader("Set-Cookie", underWay(exchange, target, name, value));
        return Reply.redirect(307, target.url());
    }

    private static String format(Exchange exchange) {
        String format = exchange.query("format").filter(text -> !text.isEmpty()).orElse("token");
        if (!FORMATS.contains(format)) throw Errors.invalidValue("format", "format must be nonce or token.");
        return format;
    }

    private static String underWay(Exchange exchange, ReturnTarget target, String name, String value) {
        return name + "=" + value + "; Path=/; Max-Age=" + SECONDS_UNDER_WAY + "; HttpOnly; SameSite=Lax"
                + (target.isSecure() ? "; Secure" : "")
                + SignedInMark.domain(Instance.of(exchange), target.host());
    }

    /** Scripts cannot prolong the client's cookie; a visit can. */
    private Reply touch(Exchange exchange) {
        ReturnTarget target = ReturnTarget.of(exchange);
        handshakes.renewCookie(exchange);
        return Reply.redirect(307, target.url());
    }

    private Reply payload(Exchange exchange) {
        Secret nonce = Secret.of(
                exchange.query("nonce").filter(text -> !text.isEmpty()).orElseThrow(() -> Errors.missing("nonce")));
        var json = Json.object();
        json.set("directives", handshakes.redeem(exchange, nonce));
        return Reply.bare(json);
    }

    /** That the request came as far as this means that the proxy has shown the instance's key. */
    private Reply proxyHealth(Exchange exchange) {
        if (exchange.proxyUrl().isEmpty())
            throw HandshakeErrors.proxyInvalid("The proxy does not send Clerk-Proxy-Url.");
        String forwardedFor = exchange.header("x-forwarded-for")
                .orElseThrow(() -> HandshakeErrors.proxyInvalid("The proxy does not send X-Forwarded-For."));
        return Reply.bare(Json.object().put("status", "healthy").put("x_forwarded_for", forwardedFor));
    }
}
