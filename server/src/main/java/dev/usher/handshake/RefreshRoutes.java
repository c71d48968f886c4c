package dev.usher.handshake;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.instance.ReturnTarget;
import dev.usher.session.PageTokens;
import dev.usher.session.Sessions;
import java.util.Set;

/** {@code POST /v1/sessions/{session_id}/refresh}: an expired session token for a fresh one, without the browser. */
public final class RefreshRoutes {
    private static final Set<String> FORMATS = Set.of("cookie", "token");

    private final Refreshes refreshes;
    private final Sessions sessions;
    private final PageTokens tokens;

    public RefreshRoutes(Refreshes refreshes, Sessions sessions, PageTokens tokens) {
        this.refreshes = refreshes;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    public void mount(Router backend) {
        backend.add("POST", "/v1/sessions/{session_id}/refresh", this::refresh);
    }

    private Reply refresh(Exchange exchange) {
        Body body = exchange.body(
                "expired_token",
                "refresh_token",
                "request_origin",
                "request_headers",
                "request_originating_ip",
                "format",
                "suffixed_cookies");
        String format = body.text("format").value().orElse("token");
        if (!FORMATS.contains(format)) throw Errors.invalidValue("format", "format must be cookie or token.");
        ExpiredToken expired = ExpiredToken.read(
                exchange,
                tokens,
                body.required("expired_token"),
                exchange.param("session_id"),
                body.required("request_origin"));
        exchange.authorize(expired.origin());
        Refreshes.Renewed renewed = refreshes.renew(exchange, expired, Secret.of(body.required("refresh_token")));
        sessions.seen(renewed.shown().session(), exchange.now());
        return answer(exchange, expired, renewed, format);
    }

    private Reply answer(Exchange exchange, ExpiredToken expired, Refreshes.Renewed renewed, String format) {
        Sessions.Shown shown = renewed.shown();
        String token = tokens.mint(exchange, shown.session(), shown.organization());
        if (format.equals("token"))
            return Reply.bare(Json.object().put("object", "token").put("jwt", token));
        ReturnTarget page = ReturnTarget.parse(expired.origin()).orElseThrow();
        Directives directives = new Directives(Instance.of(exchange), page.host(), page.isSecure())
                .signedIn(token, renewed.changedAt())
                .refreshedBy(renewed.refreshToken());
        var json = Json.object().put("object", "cookies");
        json.set("cookies", Json.texts(directives.list()));
        return Reply.bare(json);
    }
}
