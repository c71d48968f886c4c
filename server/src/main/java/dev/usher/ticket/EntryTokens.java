package dev.usher.ticket;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.http.Errors;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes sign-in tokens and actor tokens and takes them back. Asks nobody for permission. */
public final class EntryTokens {
    private static final Duration KEPT_EXPIRED = Duration.ofDays(90);

    private final Randomness randomness;
    private final Ids ids;

    public EntryTokens(Randomness randomness, Ids ids) {
        this.randomness = randomness;
        this.ids = ids;
    }

    /**
     * Whom to let in.
     *
     * @param actor who acts as the user, and for how long
     */
    public record Draft(String userId, Duration validity, Optional<Actor> actor, Optional<String> organizationId) {}

    /** Somebody who acts as a user, described by the JSON text of an object. */
    public record Actor(String json, Duration sessionLength) {}

    /** A fresh token and its secret, which is not kept. */
    public record Made(EntryToken token, Secret ticket) {}

    public Made create(WriteTx tx, Instance instance, Draft draft, Instant now) {
        Secret ticket = randomness.secret();
        EntryToken made = new EntryToken(
                ids.next(draft.actor().isPresent() ? "act" : "sit", now),
                draft.userId(),
                EntryToken.Status.PENDING,
                draft.actor().map(Actor::json),
                draft.actor().map(Actor::sessionLength),
                draft.organizationId(),
                now.plus(draft.validity()),
                now,
                now);
        EntryTokenStore.insert(tx, instance.id(), made, ticket.hash());
        return new Made(made, ticket);
    }

    /**
     * Takes a pending one back.
     *
     * @param isActors whether it is to be an actor token; one of the other kind is not found
     * @throws dev.usher.http.Refusal when there is none, or it was used or taken back already
     */
    public EntryToken revoke(WriteTx tx, Instance instance, String id, boolean isActors, Instant now) {
        EntryToken token = get(tx, instance, id, isActors);
        if (!EntryTokenStore.revoke(tx, id, now)) throw token.notRevocable();
        return get(tx, instance, id, isActors);
    }

    private static EntryToken get(Tx tx, Instance instance, String id, boolean isActors) {
        return EntryTokenStore.byId(tx, instance.id(), id)
                .filter(token -> token.isActors() == isActors)
                .orElseThrow(() -> Errors.notFound(isActors ? "actor token" : "sign-in token", id));
    }

    /** Forgets those that expired long ago; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return EntryTokenStore.sweep(tx, now.minus(KEPT_EXPIRED));
    }
}
