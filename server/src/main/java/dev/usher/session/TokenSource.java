package dev.usher.session;

import dev.usher.http.Exchange;
import dev.usher.organization.ActiveOrganization;
import java.util.Optional;

/** Mints session tokens for whoever shows a session. */
@FunctionalInterface
public interface TokenSource {
    /**
     * A fresh session token, a signed JWT. Never called inside a transaction.
     *
     * @param organization the one that the token is for; empty for the personal account
     */
    String mint(Exchange exchange, Session session, Optional<ActiveOrganization> organization);
}
