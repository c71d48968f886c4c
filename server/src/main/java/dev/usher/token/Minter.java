package dev.usher.token;

import dev.usher.base.Ids;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.Session;
import dev.usher.session.TokenSource;
import java.util.Optional;

/** Mints session tokens for sessions whose caller has been checked. */
public final class Minter implements TokenSource {
    private final KeyRing keys;
    private final Ids ids;

    public Minter(KeyRing keys, Ids ids) {
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
        return keys.signSession(Claims.of(session, context), exchange.now());
    }
}
