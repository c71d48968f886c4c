package dev.usher.session;

import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.TicketErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.user.RecentProof;
import dev.usher.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets sensitive changes pass while the strongest factor of the user was proved in the calling session during the last ten
 * minutes.
 */
public final class FreshProof implements RecentProof {
    /** How long a proof counts for sensitive changes. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private final Sessions sessions;

    public FreshProof(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void require(Tx tx, Exchange exchange, User user) {
        require(exchange, sessions.current(tx, exchange), user);
    }

    /** Lets the request go on.
     *
     * @throws dev.usher.http.Refusal when the proof is too old, and always for whoever acts as the user
     */
    static void require(Exchange exchange, Session session, User user) {
        if (session.actor().isPresent()) throw TicketErrors.forbiddenToActor();
        boolean asked = Instance.of(exchange).settings().factors().reverification();
        if (asked && !isFresh(session.factorAges(), user.hasSecondFactor(), exchange.now()))
            throw FactorErrors.reverificationRequired();
    }

    /** Whether the strongest factor was proved within the window. */
    static boolean isFresh(FactorAges ages, boolean hasSecondFactor, Instant now) {
        Optional<Instant> proved = hasSecondFactor ? ages.second() : ages.first();
        return proved.filter(at -> now.isBefore(at.plus(FRESH))).isPresent();
    }
}
