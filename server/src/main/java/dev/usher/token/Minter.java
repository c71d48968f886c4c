package dev.usher.token;

import dev.usher.base.Ids;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.PageTokens;
import dev.usher.session.Session;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Mints session tokens for sessions whose caller has been checked. */
public final class Minter implements PageTokens {
    private final KeyRings keys;
    private final Ids ids;

    public Minter(KeyRings keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    @Override
    public String mint(Exchange exchange, Session session, Optional<ActiveOrganization> organization) {
        var context = new Claims.Context(
                Instance.of(exchange).issuer(),
                exchange.authorizedParty(),
                ids.jti(),
                exchange.apiVersion(),
                exchange.now());
        return keys.of(exchange).signSession(Claims.of(session, context), exchange.now());
    }

    @Override
    public String sign(Exchange exchange, ObjectNode claims) {
        return keys.of(exchange).signSession(claims, exchange.now());
    }

    @Override
    public Optional<JsonNode> read(Exchange exchange, String token) {
        return TokenReader.read(
                token, keys.of(exchange).jwks(), Instance.of(exchange).issuer());
    }
}
