package dev.usher.factor;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.PasskeyErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.Passkey;
import dev.usher.user.User;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Registers passkeys and checks their answers. The authenticator must have verified its user each time. */
public final class Passkeys {
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int CHALLENGE_BYTES = 32;
    private static final int MOST = 10;
    private static final int LONGEST_NAME = 128;
    private static final int ES256 = -7;
    private static final int RS256 = -257;

    private final Ids ids;
    private final Randomness randomness;
    private final WebAuthn webAuthn = new WebAuthn();

    public Passkeys(Ids ids, Randomness randomness) {
        this.ids = ids;
        this.randomness = randomness;
    }

    /** A passkey at rest. */
    record Kept(String id, String userId, String relyingParty, String credentialId, WebAuthn.Credential credential) {}

    /** A registration that was begun. */
    public record Begun(Passkey passkey, Challenge challenge) {}

    /** Begins a registration. */
    public Begun begin(WriteTx tx, Exchange exchange, User user) {
        if (user.passkeys().size() >= MOST) throw PasskeyErrors.quotaExceeded();
        Instant now = exchange.now();
        String id = ids.next("passkey", now);
        String relyingParty = relyingParty(exchange);
        PasskeyStore.deleteUnfinished(tx, user.id());
        PasskeyStore.insert(tx, exchange.site().id(), user.id(), id, "Passkey", relyingParty, now);
        String challenge = WebAuthn.text(randomness.bytes(CHALLENGE_BYTES));
        ObjectNode options = creation(Instance.of(exchange), user, relyingParty, challenge);
        options.set("excludeCredentials", descriptors(PasskeyStore.credentialIds(tx, user.id())));
        Challenge made = keep(tx, exchange, id, challenge, options, relyingParty);
        return new Begun(PasskeyStore.unfinished(tx, user.id(), id).orElseThrow(), made);
    }

    private static ObjectNode creation(Instance instance, User user, String relyingParty, String challenge) {
        ObjectNode json = Json.object();
        json.putObject("rp")
                .put("id", relyingParty)
                .put("name", instance.settings().applicationName());
        String name = user.identifier().isEmpty() ? user.id() : user.identifier();
        json.putObject("user")
                .put("id", WebAuthn.text(user.id().getBytes(StandardCharsets.UTF_8)))
                .put("name", name)
                .put("displayName", name);
        json.put("challenge", challenge);
        ArrayNode algorithms = json.putArray("pubKeyCredParams");
        algorithms.addObject().put("type", "public-key").put("alg", ES256);
        algorithms.addObject().put("type", "public-key").put("alg", RS256);
        json.put("timeout", VALID.toMillis());
        json.putObject("authenticatorSelection")
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required");
        return json.put("attestation", "none");
    }

    private static ArrayNode descriptors(List<String> credentialIds) {
        ArrayNode array = Json.array();
        credentialIds.forEach(id -> array.addObject().put("type", "public-key").put("id", id));
        return array;
    }

    private static Challenge keep(
            WriteTx tx, Exchange exchange, String owner, String challenge, ObjectNode options, String relyingParty) {
        Challenge made = new Challenge(
                owner,
                challenge,
                Json.text(options),
                relyingParty,
                exchange.now().plus(VALID),
                Optional.empty());
        ChallengeStore.replace(tx, exchange.site().id(), made, exchange.now());
        return made;
    }

    /**
     * The domain that passkeys are bound to: the configured one, else in development the page's own host and in production
     * the domain that the Frontend API's host is below.
     */
    private static String relyingParty(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        Optional<String> configured = instance.settings().factors().passkeys().relyingParty();
        if (configured.isPresent()) return configured.get();
        if (instance.isDevelopment()) return URI.create(origin(exchange)).getHost();
        String host = instance.frontendApiHost().replaceFirst(":\\d+$", "");
        return host.startsWith("clerk.") ? host.substring(6) : host;
    }

    private static String origin(Exchange exchange) {
        return exchange.origin().orElseThrow(Errors::originMissing);
    }

    /** Asks for an answer of one of these passkeys; of any that the browser knows when there are none.
     *
     * @param ownerId what the answer is for
     */
    public Challenge ask(WriteTx tx, Exchange exchange, String ownerId, Optional<User> user) {
        String relyingParty = relyingParty(exchange);
        String challenge = WebAuthn.text(randomness.bytes(CHALLENGE_BYTES));
        ObjectNode options = Json.object()
                .put("challenge", challenge)
                .put("timeout", VALID.toMillis())
                .put("rpId", relyingParty);
        options.set(
                "allowCredentials",
                descriptors(user.map(one -> PasskeyStore.credentialIds(tx, one.id()))
                        .orElse(List.of())));
        options.put("userVerification", "required");
        return keep(tx, exchange, ownerId, challenge, options, relyingParty);
    }

    public Optional<Challenge> find(Tx tx, String ownerId) {
        return ChallengeStore.find(tx, ownerId);
    }

    /** Forgets what an owner was asked. */
    public void forget(WriteTx tx, String ownerId) {
        ChallengeStore.delete(tx, ownerId);
    }

    /** The challenge of an owner, which from now on is spent; empty when there is none to answer. */
    public Optional<Challenge> spent(WriteTx tx, String ownerId, Instant now) {
        return ChallengeStore.use(tx, ownerId, now) ? find(tx, ownerId) : Optional.empty();
    }

    /** Lets what can be read pass, so that nothing is spent for what cannot.
     *
     * @throws dev.usher.http.Refusal when it is no answer of a browser
     */
    public static void requireReadable(String answer) {
        PasskeyAnswer.parse(answer);
    }

    /** Checks a registration's answer; never inside a transaction. */
    public Optional<Registration> registered(Exchange exchange, Challenge challenge, String answer) {
        PasskeyAnswer read = PasskeyAnswer.parse(answer);
        var place = new WebAuthn.Place(origin(exchange), challenge.relyingParty(), challenge.challenge());
        return webAuthn.registered(read, place).map(found -> new Registration(found, read.transports()));
    }

    /** A registration whose answer was right. */
    public static final class Registration {
        private final WebAuthn.Registered found;
        private final String transports;

        private Registration(WebAuthn.Registered found, String transports) {
            this.found = found;
            this.transports = transports;
        }
    }

    /** Ends a registration.
     *
     * @return whether it was still to be ended
     * @throws dev.usher.http.Refusal when the passkey is registered already
     */
    public boolean save(WriteTx tx, String passkeyId, Registration registration, Instant now) {
        WebAuthn.Registered found = registration.found;
        try {
            return PasskeyStore.verify(
                    tx, passkeyId, found.credentialId(), found.credential(), registration.transports, now);
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw PasskeyErrors.registrationFailed();
            throw e;
        }
    }

    public Optional<Passkey> unfinished(Tx tx, String userId, String id) {
        return PasskeyStore.unfinished(tx, userId, id);
    }

    /** The passkey that an answer comes from. */
    Optional<Kept> byAnswer(Tx tx, Instance instance, PasskeyAnswer answer) {
        return PasskeyStore.byCredential(tx, instance.id(), answer.id());
    }

    /** The user whose passkey answered, whoever that is.
     *
     * @throws dev.usher.http.Refusal when it is nobody's
     */
    public String userOf(Tx tx, Instance instance, String answer) {
        return byAnswer(tx, instance, PasskeyAnswer.parse(answer))
                .map(Kept::userId)
                .orElseThrow(PasskeyErrors::notRegistered);
    }

    /** Checks an answer; never inside a transaction. */
    Optional<WebAuthn.Asserted> asserted(Exchange exchange, PasskeyAnswer answer, Kept kept, Challenge challenge) {
        if (!kept.relyingParty().equals(challenge.relyingParty())) return Optional.empty();
        var place = new WebAuthn.Place(origin(exchange), challenge.relyingParty(), challenge.challenge());
        return webAuthn.asserted(answer, kept.credential(), place);
    }

    boolean used(WriteTx tx, Kept kept, WebAuthn.Asserted asserted, Instant now) {
        return PasskeyStore.used(tx, kept, asserted.signCount(), asserted.backedUp(), now);
    }

    /** Gives a passkey another name. */
    public boolean rename(WriteTx tx, String userId, String id, String name, Instant now) {
        if (name.length() > LONGEST_NAME)
            throw Errors.invalidFormat("name", "A name has " + LONGEST_NAME + " characters at most.");
        return PasskeyStore.rename(tx, userId, id, name, now);
    }

    /** Removes a passkey; false when the user has none of that id. */
    public boolean remove(WriteTx tx, String userId, String id) {
        forget(tx, id);
        return PasskeyStore.delete(tx, userId, id);
    }

    /** Forgets challenges that expired a day ago; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return ChallengeStore.sweep(tx, now.minus(Duration.ofDays(1)));
    }
}
