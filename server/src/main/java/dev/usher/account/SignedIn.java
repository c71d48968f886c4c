package dev.usher.account;

import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Tx;
import dev.usher.user.RecentProof;
import dev.usher.user.User;
import dev.usher.user.Users;

/** Who is calling, as every change of this room needs to know it. */
final class SignedIn {
    private final Sessions sessions;
    private final Users users;
    private final RecentProof recentProof;

    SignedIn(Sessions sessions, Users users, RecentProof recentProof) {
        this.sessions = sessions;
        this.users = users;
        this.recentProof = recentProof;
    }

    Session session(Tx tx, Exchange exchange) {
        return sessions.current(tx, exchange);
    }

    User user(Tx tx, Exchange exchange) {
        return users.find(tx, Instance.of(exchange), session(tx, exchange).userId())
                .orElseThrow(Errors::authenticationInvalid);
    }

    /** The user, who has proved lately who they are. */
    User provedUser(Tx tx, Exchange exchange) {
        User user = user(tx, exchange);
        recentProof.require(tx, exchange, user);
        return user;
    }
}
