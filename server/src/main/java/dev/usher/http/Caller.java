package dev.usher.http;

import java.time.Instant;

/** Who a request comes from, after its credentials were compared with the database. */
public sealed interface Caller {
    /** No client yet, or one that proved nothing. */
    record Anonymous() implements Caller {}

    /**
     * A known browser or app.
     *
     * @param sessionsBefore it sees sessions created before this instant only: an outdated secret, honoured for a moment for
     *     requests that were under way at a sign-in, never reaches the session which that sign-in made
     */
    record Known(String clientId, Instant sessionsBefore) implements Caller {}
}
