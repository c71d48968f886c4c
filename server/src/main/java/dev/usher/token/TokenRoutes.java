package dev.usher.token;

import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Session tokens and the keys that they are verified with. */
public final class TokenRoutes {
    private static final String KEY_SET_MAY_BE_KEPT = "public, max-age=60";

    private final Sessions sessions;
    private final Minter minter;
    private final KeyRings keys;

    public TokenRoutes(Sessions sessions, Minter minter, KeyRings keys) {
        this.sessions = sessions;
        this.minter = minter;
        this.keys = keys;
    }

    public void mount(Router frontend, Router backend) {
        frontend.add("POST", "/v1/client/sessions/{session_id}/tokens", this::mint)
                .add("POST", "/v1/client/sessions/{session_id}/tokens/{template_name}", this::mintFromTemplate)
                .add("GET", "/.well-known/jwks.json", this::keySet);
        backend.add("GET", "/v1/jwks", this::keySet);
    }

    private Reply mint(Exchange exchange) {
        Form form = exchange.form("organization_id", "tab_state", "token", "force_origin");
        boolean seen = form.text("tab_state").filter("hidden"::equals).isEmpty();
        var mintable = sessions.forMinting(exchange, exchange.param("session_id"), form.given("organization_id"), seen);
        String jwt = minter.mint(exchange, mintable.session(), mintable.organization());
        return token(jwt);
    }

    /** Organization shortcodes speak of the session's active organization; the call itself names none. */
    private Reply mintFromTemplate(Exchange exchange) {
        exchange.form();
        var mintable = sessions.forMinting(exchange, exchange.param("session_id"), Optional.empty(), true);
        return token(minter.mint(exchange, mintable, exchange.param("template_name")));
    }

    /** A token has no character that JSON would escape. */
    private static Reply token(String jwt) {
        String json = "{\"object\":\"token\",\"jwt\":\"" + jwt + "\"}";
        return Reply.bytes(200, "application/json", json.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Reply keySet(Exchange exchange) {
        return Reply.bare(keys.of(exchange).jwks(exchange.now())).header("Cache-Control", KEY_SET_MAY_BE_KEPT);
    }
}
