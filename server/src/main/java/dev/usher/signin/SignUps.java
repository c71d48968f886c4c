package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.factor.Codes;
import dev.usher.factor.Passwords;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.EmailAddress;
import dev.usher.user.Metadata;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;

/** Takes a person from an e-mail address and a password to an account and its first session. */
final class SignUps {
    private static final int LONGEST_LOCALE = 35;

    private final Store store;
    private final Entry entry;
    private final Users users;
    private final Passwords passwords;
    private final Codes codes;
    private final Ids ids;

    SignUps(Store store, Entry entry, Users users, Passwords passwords, Codes codes, Ids ids) {
        this.store = store;
        this.entry = entry;
        this.users = users;
        this.passwords = passwords;
        this.codes = codes;
        this.ids = ids;
    }

    /** An attempt with its code, ready to be shown. */
    record Shown(SignUp signUp, Optional<Verification> verification) {}

    /** Begins an attempt with whatever is given already. */
    Shown create(Exchange exchange, Form form) {
        Given given = read(exchange, form, Optional.empty());
        return store.write(tx -> {
            String clientId = entry.client(tx, exchange);
            entry.requireRoom(tx, exchange, clientId);
            SignUp made = given.onto(fresh(exchange, clientId));
            requireFree(tx, exchange, made);
            SignUpStore.replace(tx, exchange.site().id(), made, exchange.now());
            return afterChange(tx, exchange, made, form);
        });
    }

    private SignUp fresh(Exchange exchange, String clientId) {
        return new SignUp(
                ids.next("sua", exchange.now()),
                clientId,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                exchange.now().plus(Entry.ATTEMPT_KEPT));
    }

    /** Fields of a request, checked and hashed before any transaction. */
    private record Given(
            Optional<String> emailAddress,
            Optional<String> passwordHash,
            Form form,
            Optional<String> firstName,
            Optional<String> lastName,
            Instant now) {

        /** The attempt with these fields; another address is an unproved one. */
        SignUp onto(SignUp before) {
            boolean sameAddress = emailAddress.isEmpty() || emailAddress.equals(before.emailAddress());
            return new SignUp(
                    before.id(),
                    before.clientId(),
                    emailAddress.or(before::emailAddress),
                    sameAddress ? before.emailAddressVerifiedAt() : Optional.empty(),
                    form.given("first_name").isPresent() ? firstName : before.firstName(),
                    form.given("last_name").isPresent() ? lastName : before.lastName(),
                    passwordHash.or(before::passwordHash),
                    form.text("unsafe_metadata")
                            .map(text -> Metadata.parse("unsafe_metadata", text))
                            .orElse(before.unsafeMetadata()),
                    form.text("locale").or(before::locale),
                    before.createdUserId(),
                    before.createdSessionId(),
                    now.plus(Entry.ATTEMPT_KEPT));
        }
    }

    private Given read(Exchange exchange, Form form, Optional<String> knownAddress) {
        form.text("unsafe_metadata").ifPresent(text -> Metadata.parse("unsafe_metadata", text));
        if (form.text("locale").filter(text -> text.length() > LONGEST_LOCALE).isPresent())
            throw Errors.invalidFormat("locale", "locale is a language tag of BCP 47.");
        Optional<String> address = form.text("email_address").map(SignUps::normalized);
        Optional<String> firstName = form.text("first_name").map(text -> Users.checkedName("first_name", text));
        Optional<String> lastName = form.text("last_name").map(text -> Users.checkedName("last_name", text));
        Optional<String> password = form.text("password");
        password.ifPresent(text -> Passwords.check(
                text,
                address.or(() -> knownAddress).orElse(""),
                Instance.of(exchange).settings().passwords()));
        return new Given(address, password.map(passwords::hash), form, firstName, lastName, exchange.now());
    }

    private static String normalized(String address) {
        return EmailAddress.normalized(address)
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address."));
    }

    private void requireFree(Tx tx, Exchange exchange, SignUp signUp) {
        boolean taken = signUp.emailAddress()
                .flatMap(address -> users.findByEmailAddress(tx, Instance.of(exchange), address))
                .isPresent();
        if (taken) throw Errors.identifierExists("email_address");
    }

    private Shown afterChange(WriteTx tx, Exchange exchange, SignUp signUp, Form form) {
        if (signUp.meetsRequirements()) return complete(tx, exchange, signUp);
        if (form.text("strategy").isPresent() && !signUp.unverifiedFields().isEmpty()) sendCode(tx, exchange, signUp);
        return shown(tx, signUp);
    }

    Shown get(Exchange exchange, String id) {
        return store.read(tx -> shown(tx, found(tx, exchange, id)));
    }

    private SignUp found(Tx tx, Exchange exchange, String id) {
        return SignUpStore.find(tx, entry.knownClient(tx, exchange), id)
                .orElseThrow(() -> Errors.notFound("sign up", id));
    }

    private SignUp unfinished(Tx tx, Exchange exchange, String id) {
        SignUp signUp = found(tx, exchange, id);
        if (signUp.createdUserId().isPresent()) throw Errors.verificationAlreadyVerified();
        if (!exchange.now().isBefore(signUp.abandonAt())) throw Errors.notFound("sign up", id);
        return signUp;
    }

    /** Adds or changes fields; when nothing is missing any more, the account is made. */
    Shown update(Exchange exchange, String id, Form form) {
        SignUp known = store.read(tx -> unfinished(tx, exchange, id));
        Given given = read(exchange, form, known.emailAddress());
        return store.write(tx -> {
            SignUp before = unfinished(tx, exchange, id);
            SignUp changed = given.onto(before);
            requireFree(tx, exchange, changed);
            if (!changed.emailAddress().equals(before.emailAddress())) codes.forget(tx, id);
            SignUpStore.update(tx, changed, exchange.now());
            return afterChange(tx, exchange, changed, form);
        });
    }

    /** Sends a code to the address. */
    Shown prepare(Exchange exchange, String id, Form form) {
        requireEmailCode(form.required("strategy"));
        return store.write(tx -> {
            SignUp signUp = unfinished(tx, exchange, id);
            sendCode(tx, exchange, signUp);
            return shown(tx, signUp);
        });
    }

    static void requireEmailCode(String strategy) {
        if (!strategy.equals(SignIns.EMAIL_CODE)) throw Errors.invalidStrategy(SignIns.printable(strategy));
    }

    private void sendCode(WriteTx tx, Exchange exchange, SignUp signUp) {
        String address = signUp.emailAddress().orElseThrow(() -> Errors.missing("email_address"));
        if (signUp.emailAddressVerifiedAt().isPresent()) throw Errors.verificationAlreadyVerified();
        var purpose = new Codes.Purpose(signUp.id(), SignIns.EMAIL_CODE, Optional.empty(), address);
        codes.prepare(tx, Instance.of(exchange), purpose, exchange.now());
    }

    /** What a transaction with a code came to: the counted try is committed in any case. */
    private record Outcome(Verdict verdict, Optional<Shown> shown) {}

    Shown attempt(Exchange exchange, String id, Form form) {
        requireEmailCode(form.required("strategy"));
        String code = form.required("code");
        Outcome outcome = store.write(tx -> {
            SignUp signUp = unfinished(tx, exchange, id);
            Verdict verdict = codes.attempt(tx, id, SignIns.EMAIL_CODE, code, exchange.now());
            Optional<Shown> shown =
                    verdict instanceof Verdict.Passed ? Optional.of(verified(tx, exchange, signUp)) : Optional.empty();
            return new Outcome(verdict, shown);
        });
        outcome.verdict().orRefuse();
        return outcome.shown().orElseThrow();
    }

    private Shown verified(WriteTx tx, Exchange exchange, SignUp signUp) {
        SignUp changed = new SignUp(
                signUp.id(),
                signUp.clientId(),
                signUp.emailAddress(),
                Optional.of(exchange.now()),
                signUp.firstName(),
                signUp.lastName(),
                signUp.passwordHash(),
                signUp.unsafeMetadata(),
                signUp.locale(),
                signUp.createdUserId(),
                signUp.createdSessionId(),
                signUp.abandonAt());
        SignUpStore.update(tx, changed, exchange.now());
        return changed.meetsRequirements() ? complete(tx, exchange, changed) : shown(tx, changed);
    }

    private Shown complete(WriteTx tx, Exchange exchange, SignUp signUp) {
        Instance instance = Instance.of(exchange);
        var registration = new Users.Registration(
                signUp.emailAddress().orElseThrow(),
                SignIns.EMAIL_CODE,
                signUp.firstName(),
                signUp.lastName(),
                signUp.passwordHash(),
                signUp.unsafeMetadata());
        String userId = users.register(tx, instance, registration, exchange.now());
        User user = users.find(tx, instance, userId).orElseThrow();
        String sessionId = entry.enter(tx, exchange, signUp.clientId(), user, SignIns.PASSWORD);
        if (!SignUpStore.complete(tx, signUp.id(), userId, sessionId, exchange.now())) throw Errors.sessionExists();
        return shown(tx, SignUpStore.find(tx, signUp.clientId(), signUp.id()).orElseThrow());
    }

    Shown shown(Tx tx, SignUp signUp) {
        return new Shown(signUp, codes.find(tx, signUp.id()));
    }
}
