package dev.usher.signin;

import dev.usher.base.Secret;
import dev.usher.factor.Codes;
import dev.usher.factor.Link;
import dev.usher.factor.Links;
import dev.usher.factor.Offer;
import dev.usher.factor.Verification;
import dev.usher.http.Exchange;
import dev.usher.http.LinkErrors;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.instance.ReturnTarget;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.Identifiers;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.Optional;

/**
 * What follows when somebody opens a link out of a mail. A session is made in the browser that asked for the link and in no
 * other: opened elsewhere, a link does nothing, or approves what goes on there.
 */
final class LinkVisits {
    private final Store store;
    private final Entry entry;
    private final Users users;
    private final Identifiers identifiers;
    private final Codes codes;
    private final Links links;
    private final SignInSteps signIns;
    private final SignUps signUps;

    LinkVisits(
            Store store,
            Entry entry,
            Users users,
            Identifiers identifiers,
            Codes codes,
            Links links,
            SignInSteps signIns,
            SignUps signUps) {
        this.store = store;
        this.entry = entry;
        this.users = users;
        this.identifiers = identifiers;
        this.codes = codes;
        this.links = links;
        this.signIns = signIns;
        this.signUps = signUps;
    }

    /** How a visit ends. */
    sealed interface Outcome {
        /**
         * On a page of the application.
         *
         * @param status the published word
         * @param sessionId the session that was made in this browser
         */
        record Ended(ReturnTarget target, String status, Optional<String> sessionId) implements Outcome {}

        /** With a question, since this is not the browser in which the link was asked for. */
        record Asked(Link.Aim aim) implements Outcome {}
    }

    /** A link, and whether the caller is who asked for it. */
    private record Found(Link link, boolean isHere) {}

    /** What a link that could be used came to: nothing when another opening was first, or what it was for is gone. */
    private record Used(boolean worked, Optional<String> sessionId) {
        static final Used NOTHING = new Used(false, Optional.empty());
        static final Used WITHOUT_SESSION = new Used(true, Optional.empty());
    }

    /** Opens a link.
     *
     * @param isConfirmed whether a person has said that it is to be used in this browser
     * @throws Refusal when there is no such link, or no page to go to
     */
    Outcome open(Exchange exchange, Secret token, boolean isConfirmed) {
        Found found = store.read(tx -> found(tx, exchange, token));
        Link link = found.link();
        ReturnTarget target = ReturnTarget.parse(link.redirectUrl())
                .filter(page -> page.isAllowed(exchange))
                .orElseThrow(LinkErrors::linkSourceInvalid);
        if (!link.isOpen()) return ended(target, "failed");
        if (link.isExpiredAt(exchange.now())) return ended(target, "expired");
        boolean sameClient =
                Instance.of(exchange).settings().factors().emailAddresses().sameClient();
        if (!found.isHere() && sameClient) return ended(target, "client_mismatch");
        if (!found.isHere() && !isConfirmed) return new Outcome.Asked(link.aim());
        Used used = used(exchange, token, found.isHere());
        return used.worked() ? new Outcome.Ended(target, "verified", used.sessionId()) : ended(target, "failed");
    }

    private static Outcome ended(ReturnTarget target, String status) {
        return new Outcome.Ended(target, status, Optional.empty());
    }

    private Found found(Tx tx, Exchange exchange, Secret token) {
        Link link = links.find(tx, Instance.of(exchange), token).orElseThrow(LinkErrors::linkInvalid);
        return new Found(link, entry.isCalling(tx, exchange, link.clientId()));
    }

    /** Whatever stands in the way undoes all of it. */
    private Used used(Exchange exchange, Secret token, boolean isHere) {
        try {
            return store.write(tx -> used(tx, exchange, found(tx, exchange, token), isHere));
        } catch (Refusal refusal) {
            if (refusal.status() >= 500) throw refusal;
            return Used.NOTHING;
        }
    }

    private Used used(WriteTx tx, Exchange exchange, Found found, boolean wasHere) {
        if (found.isHere() != wasHere) return Used.NOTHING;
        return switch (found.link().aim()) {
            case SIGN_IN -> forSignIn(tx, exchange, found);
            case SIGN_UP -> forSignUp(tx, exchange, found);
            case ADDRESS -> forAddress(tx, exchange, found);
        };
    }

    private boolean spend(WriteTx tx, Exchange exchange, Found found) {
        Optional<String> clientId = found.isHere() ? Optional.of(found.link().clientId()) : Optional.empty();
        return links.spend(tx, found.link(), clientId, exchange.now());
    }

    private Used forSignIn(WriteTx tx, Exchange exchange, Found found) {
        Link link = found.link();
        Optional<SignIn> due = SignInStore.find(tx, link.clientId(), link.ownerId())
                .filter(one -> one.statusAt(exchange.now()).equals(SignIn.NEEDS_FIRST_FACTOR));
        if (due.isEmpty() || !spend(tx, exchange, found)) return Used.NOTHING;
        if (!found.isHere()) return Used.WITHOUT_SESSION;
        return new Used(true, signIns.provedByLink(tx, exchange, due.get()).createdSessionId());
    }

    private Used forSignUp(WriteTx tx, Exchange exchange, Found found) {
        Link link = found.link();
        Optional<SignUp> due = SignUpStore.find(tx, link.clientId(), link.ownerId())
                .filter(one -> one.waitsForAddress(exchange.now()));
        if (due.isEmpty() || !spend(tx, exchange, found)) return Used.NOTHING;
        if (!found.isHere()) return Used.WITHOUT_SESSION;
        return new Used(
                true, signUps.provedByLink(tx, exchange, due.get()).signUp().createdSessionId());
    }

    private Used forAddress(WriteTx tx, Exchange exchange, Found found) {
        String id = found.link().ownerId();
        Optional<User> user = codes.find(tx, id)
                .flatMap(Verification::userId)
                .flatMap(userId -> users.find(tx, Instance.of(exchange), userId));
        boolean isDue = user.stream()
                .flatMap(one -> one.emailAddresses().stream())
                .filter(one -> one.verifiedAt().isEmpty())
                .map(EmailAddress::id)
                .anyMatch(id::equals);
        if (!isDue || !spend(tx, exchange, found)) return Used.NOTHING;
        identifiers.emailAddressProved(tx, user.orElseThrow(), id, Offer.EMAIL_LINK, exchange.now());
        return Used.WITHOUT_SESSION;
    }
}
