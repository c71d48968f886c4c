package dev.usher.account;

import dev.usher.factor.Codes;
import dev.usher.factor.Link;
import dev.usher.factor.Links;
import dev.usher.factor.Offer;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.session.Session;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.EmailAddress;
import dev.usher.user.Identifiers;
import dev.usher.user.User;
import java.util.List;
import java.util.Optional;

/** The signed-in person's e-mail addresses. */
final class EmailAddresses {
    private final Store store;
    private final SignedIn signedIn;
    private final Identifiers identifiers;
    private final Codes codes;
    private final Links links;

    EmailAddresses(Store store, SignedIn signedIn, Identifiers identifiers, Codes codes, Links links) {
        this.store = store;
        this.signedIn = signedIn;
        this.identifiers = identifiers;
        this.codes = codes;
        this.links = links;
    }

    /** An address that a code or a link was sent to. */
    record Prepared(EmailAddress address, Verification verification) {}

    List<EmailAddress> all(Exchange exchange) {
        return store.read(tx -> signedIn.user(tx, exchange).emailAddresses());
    }

    EmailAddress get(Exchange exchange, String id) {
        return store.read(tx -> found(signedIn.user(tx, exchange), id));
    }

    private static EmailAddress found(User user, String id) {
        return user.emailAddresses().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Errors.notFound("e-mail address", id));
    }

    EmailAddress add(Exchange exchange, Form form) {
        String address = EmailAddress.normalized(form.required("email_address"))
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address."));
        return store.write(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            String id = identifiers.addEmailAddress(tx, Instance.of(exchange), user, address, exchange.now());
            return found(signedIn.user(tx, exchange), id);
        });
    }

    Prepared prepare(Exchange exchange, String id, Form form) {
        String strategy = form.required("strategy");
        boolean isKnown = Instance.of(exchange)
                .settings()
                .factors()
                .emailAddresses()
                .strategies()
                .contains(strategy);
        if (!isKnown) throw Errors.invalidStrategy("given");
        return store.write(tx -> {
            EmailAddress address = unverified(tx, exchange, id);
            Session session = signedIn.session(tx, exchange);
            var purpose = new Codes.Purpose(
                    id, strategy, Optional.of(id), Optional.of(session.userId()), address.emailAddress());
            Verification sent = strategy.equals(Offer.EMAIL_LINK)
                    ? links.send(tx, exchange, wish(exchange, session, form), purpose)
                    : codes.prepare(tx, Instance.of(exchange), purpose, exchange.now());
            return new Prepared(address, sent);
        });
    }

    private static Links.Wish wish(Exchange exchange, Session session, Form form) {
        return new Links.Wish(Link.Aim.ADDRESS, session.clientId(), Links.target(exchange, form));
    }

    private EmailAddress unverified(Tx tx, Exchange exchange, String id) {
        EmailAddress address = found(signedIn.user(tx, exchange), id);
        if (address.verifiedAt().isPresent()) throw Errors.verificationAlreadyVerified();
        return address;
    }

    EmailAddress attempt(Exchange exchange, String id, Form form) {
        String code = form.required("code");
        Verdict verdict = store.write(tx -> {
            unverified(tx, exchange, id);
            Verdict found = codes.attempt(tx, Instance.of(exchange), id, Offer.EMAIL_CODE, code, exchange.now());
            if (found instanceof Verdict.Passed)
                identifiers.emailAddressProved(tx, signedIn.user(tx, exchange), id, Offer.EMAIL_CODE, exchange.now());
            return found;
        });
        verdict.orRefuse();
        return get(exchange, id);
    }

    void remove(Exchange exchange, String id) {
        store.change(tx -> {
            User user = signedIn.user(tx, exchange);
            EmailAddress address = found(user, id);
            signedIn.provedUser(tx, exchange);
            identifiers.removeEmailAddress(tx, user, address, exchange.now());
            codes.forget(tx, id);
        });
    }
}
