package dev.usher.factor;

import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.delivery.Message;
import dev.usher.delivery.Outbox;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.instance.ReturnTarget;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Links that prove an e-mail address: sent, found again by their secret, spent once. Keeps no secret, only its hash. */
public final class Links {
    private final Codes codes;
    private final Randomness randomness;
    private final Outbox outbox;

    public Links(Codes codes, Randomness randomness, Outbox outbox) {
        this.codes = codes;
        this.randomness = randomness;
        this.outbox = outbox;
    }

    /** Who asks for a link, what for, and the page on which it ends. */
    public record Wish(Link.Aim aim, String clientId, ReturnTarget target) {}

    /** The page that a request wants its link to end on, which must be one of the instance's.
     *
     * @throws dev.usher.http.Refusal when it is not, or none is named and the instance has no home page
     */
    public static ReturnTarget target(Exchange exchange, Form form) {
        String url = form.text("redirect_url")
                .or(() -> Instance.of(exchange).settings().homeUrl())
                .orElseThrow(() -> Errors.missing("redirect_url"));
        return ReturnTarget.of(exchange, url);
    }

    /** Sends a link, which voids whatever was sent before for the same purpose.
     *
     * @throws dev.usher.http.Refusal within the pause after the last one
     */
    public Verification send(WriteTx tx, Exchange exchange, Wish wish, Codes.Purpose purpose) {
        return send(tx, exchange, wish, purpose, true);
    }

    /** Does all that {@link #send} does, but tells the recipient that there is no account. */
    void sendToNobody(WriteTx tx, Exchange exchange, Wish wish, Codes.Purpose purpose) {
        send(tx, exchange, wish, purpose, false);
    }

    private Verification send(WriteTx tx, Exchange exchange, Wish wish, Codes.Purpose purpose, boolean hasAccount) {
        Instance instance = Instance.of(exchange);
        Secret token = randomness.secret();
        Verification made = codes.replaced(tx, instance, purpose, token.reveal(), exchange.now());
        Link link = new Link(
                wish.aim(),
                made.id(),
                purpose.ownerId(),
                wish.clientId(),
                wish.target().url(),
                made.expireAt(),
                true);
        LinkStore.insert(tx, instance.id(), token.hash(), link);
        String url = origin(exchange) + "/v1/verify?token=" + token.reveal();
        Message message = hasAccount
                ? LinkText.of(instance.settings(), wish.aim(), purpose.recipient(), url, made.expireAt())
                : CodeText.noAccount(instance.settings(), purpose, made.expireAt());
        if (!purpose.isTestIn(instance)) outbox.add(tx, instance.id(), message, exchange.now());
        return made;
    }

    /** Where the browser that asks reaches this server, and shows its cookie; never a name that a stranger may have written. */
    private static String origin(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        if (exchange.proxyUrl().isPresent()) return exchange.proxyUrl().get().replaceFirst("/+$", "");
        boolean asCalled = instance.isDevelopment()
                && ReturnTarget.parse(exchange.ownOrigin())
                        .filter(own -> own.isAllowed(exchange))
                        .isPresent();
        return asCalled ? exchange.ownOrigin() : instance.publicUrl();
    }

    /** The link behind a secret, spent or not. */
    public Optional<Link> find(Tx tx, Instance instance, Secret token) {
        return LinkStore.find(tx, instance.id(), token.hash());
    }

    /** Spends a link. Of several openings at once, one does.
     *
     * @param clientId the client that opens it, where it is the one that asked for it
     */
    public boolean spend(WriteTx tx, Link link, Optional<String> clientId, Instant now) {
        return VerificationStore.spendLink(tx, link.verificationId(), clientId, now);
    }

    /** Forgets links that expired a day ago; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return LinkStore.sweep(tx, now.minus(Duration.ofDays(1)));
    }
}
