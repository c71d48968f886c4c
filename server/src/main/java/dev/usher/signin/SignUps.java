package dev.usher.signin;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.factor.Codes;
import dev.usher.factor.Link;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Offer;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Caller;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.TicketErrors;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.session.FactorAges;
import dev.usher.session.Opening;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.ticket.Ticket;
import dev.usher.ticket.Tickets;
import dev.usher.ticket.UserInvitation;
import dev.usher.user.EmailAddress;
import dev.usher.user.Metadata;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Takes a person from an identifier and a password to an account and its first session. */
final class SignUps {
    private static final int LONGEST_LOCALE = 35;

    private final Store store;
    private final Entry entry;
    private final Users users;
    private final Tickets tickets;
    private final NewPasswords passwords;
    private final Codes codes;
    private final Links links;
    private final Ids ids;

    SignUps(
            Store store,
            Entry entry,
            Users users,
            Tickets tickets,
            NewPasswords passwords,
            Codes codes,
            Links links,
            Ids ids) {
        this.store = store;
        this.entry = entry;
        this.users = users;
        this.tickets = tickets;
        this.passwords = passwords;
        this.codes = codes;
        this.links = links;
        this.ids = ids;
    }

    /** An attempt with its codes, ready to be shown. */
    record Shown(
            SignUp signUp,
            Optional<Verification> emailVerification,
            Optional<Verification> phoneVerification,
            ObjectNode publicMetadata,
            FactorSettings settings) {
        Shown asBegun() {
            return new Shown(
                    signUp.asBegun(),
                    emailVerification.map(Verification::asSent),
                    phoneVerification.map(Verification::asSent),
                    publicMetadata,
                    settings);
        }
    }

    /** Begins an attempt with whatever is given already. */
    Shown create(Exchange exchange, Form form) {
        Optional<String> ticketHash = ticketHash(form);
        Optional<String> invited = ticketHash.map(hash -> store.read(tx -> invited(tx, exchange, hash)));
        Given given = read(exchange, form, invited);
        return store.write(tx -> {
            String clientId = entry.client(tx, exchange);
            entry.requireRoom(tx, exchange, clientId);
            entry.requirePlace(tx, exchange, clientId);
            SignUp fresh = fresh(exchange, clientId);
            SignUp made = given.onto(ticketHash
                    .map(hash -> fresh.invited(invited(tx, exchange, hash), hash, exchange.now()))
                    .orElse(fresh));
            requireFree(tx, exchange, made);
            SignUpStore.replace(tx, exchange.site().id(), made, exchange.now());
            return afterChange(tx, exchange, made, form);
        });
    }

    private static boolean byTicket(Form form) {
        return form.text("strategy").filter(Tickets.STRATEGY::equals).isPresent();
    }

    /** The strategy, where it is one that sends something. */
    static Optional<String> sentStrategy(Form form) {
        return byTicket(form) ? Optional.empty() : form.text("strategy");
    }

    private static Optional<String> ticketHash(Form form) {
        return byTicket(form) ? Optional.of(Secret.of(form.required("ticket")).hash()) : Optional.empty();
    }

    /** The address that a ticket invites, which has no account yet. */
    private String invited(Tx tx, Exchange exchange, String hash) {
        Instance instance = Instance.of(exchange);
        Ticket ticket = tickets.usable(tx, instance, hash, exchange.now());
        String address = Tickets.invitedAddress(ticket);
        if (tickets.user(tx, instance, ticket).isPresent()) throw TicketErrors.invitedAccountExists();
        return address;
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
                Optional.empty(),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                exchange.now().plus(Entry.ATTEMPT_KEPT));
    }

    /** Fields of a request, checked and hashed before any transaction. */
    private record Given(
            Optional<String> emailAddress,
            Optional<String> phoneNumber,
            Optional<String> passwordHash,
            Form form,
            Optional<String> firstName,
            Optional<String> lastName,
            Instant now) {

        /** The attempt with these fields; another address or number is an unproved one, and no invitation goes with it. */
        SignUp onto(SignUp before) {
            boolean sameAddress = emailAddress.isEmpty() || emailAddress.equals(before.emailAddress());
            boolean sameNumber = phoneNumber.isEmpty() || phoneNumber.equals(before.phoneNumber());
            return new SignUp(
                    before.id(),
                    before.clientId(),
                    emailAddress.or(before::emailAddress),
                    sameAddress ? before.emailAddressVerifiedAt() : Optional.empty(),
                    phoneNumber.or(before::phoneNumber),
                    sameNumber ? before.phoneNumberVerifiedAt() : Optional.empty(),
                    form.given("first_name").isPresent() ? firstName : before.firstName(),
                    form.given("last_name").isPresent() ? lastName : before.lastName(),
                    passwordHash.or(before::passwordHash),
                    form.text("unsafe_metadata")
                            .map(text -> Metadata.parse("unsafe_metadata", text))
                            .orElse(before.unsafeMetadata()),
                    form.text("locale").or(before::locale),
                    before.createdUserId(),
                    before.createdSessionId(),
                    sameAddress ? before.ticketHash() : Optional.empty(),
                    now.plus(Entry.ATTEMPT_KEPT));
        }
    }

    private Given read(Exchange exchange, Form form, Optional<String> knownAddress) {
        form.text("unsafe_metadata").ifPresent(text -> Metadata.parse("unsafe_metadata", text));
        if (form.text("locale").filter(text -> text.length() > LONGEST_LOCALE).isPresent())
            throw Errors.invalidFormat("locale", "locale is a language tag of BCP 47.");
        Optional<String> address = form.text("email_address").map(SignUps::normalized);
        Optional<String> number = phoneNumber(Instance.of(exchange).settings(), form);
        Optional<String> firstName = form.text("first_name").map(text -> Users.checkedName("first_name", text));
        Optional<String> lastName = form.text("last_name").map(text -> Users.checkedName("last_name", text));
        Optional<String> hash = form.text("password")
                .map(text -> passwords.hash(
                        Instance.of(exchange).settings(),
                        "password",
                        text,
                        address.or(() -> knownAddress).orElse("")));
        return new Given(address, number, hash, form, firstName, lastName, exchange.now());
    }

    private static Optional<String> phoneNumber(Settings settings, Form form) {
        Optional<String> text = form.text("phone_number");
        if (text.isPresent() && !settings.factors().phoneNumbers().forSignIn())
            throw Errors.unknownField("phone_number");
        return text.map(number -> PhoneNumber.required("phone_number", number, settings));
    }

    private static String normalized(String address) {
        return EmailAddress.normalized(address)
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address."));
    }

    /** Refuses an identifier that somebody has; in strict mode only its owner, who reads the code, learns that. */
    private void requireFree(Tx tx, Exchange exchange, SignUp signUp) {
        if (Instance.of(exchange).settings().factors().strictEnumerationProtection()) return;
        requireFree(tx, exchange, "email_address", signUp.emailAddress());
        requireFree(tx, exchange, "phone_number", signUp.phoneNumber());
    }

    private void requireFree(Tx tx, Exchange exchange, String field, Optional<String> identifier) {
        identifier
                .flatMap(text -> users.findByIdentifier(tx, Instance.of(exchange), text))
                .ifPresent(somebody -> {
                    throw Errors.identifierExists(field);
                });
    }

    private Shown afterChange(WriteTx tx, Exchange exchange, SignUp signUp, Form form) {
        if (signUp.meetsRequirements()) return complete(tx, exchange, signUp);
        sentStrategy(form)
                .filter(strategy -> signUp.unverifiedFields().contains(field(strategy)))
                .ifPresent(strategy -> send(tx, exchange, signUp, strategy, form));
        return shown(tx, exchange, signUp);
    }

    Shown get(Exchange exchange, String id) {
        Shown shown = store.read(tx -> watched(tx, exchange, id));
        return isApproved(shown, exchange.now()) ? store.write(tx -> approved(tx, exchange, id)) : shown;
    }

    /** Whether the link was opened in another browser: the sign-up goes on in the one that began it. */
    private static boolean isApproved(Shown shown, Instant now) {
        boolean isOpened =
                shown.emailVerification().filter(Verification::isOpenedLink).isPresent();
        return isOpened && shown.signUp().waitsForAddress(now);
    }

    private Shown approved(WriteTx tx, Exchange exchange, String id) {
        Shown shown = shown(tx, exchange, found(tx, exchange, id));
        return isApproved(shown, exchange.now()) ? provedByLink(tx, exchange, shown.signUp()) : shown;
    }

    /** The link was opened: proves the address. */
    Shown provedByLink(WriteTx tx, Exchange exchange, SignUp signUp) {
        return verified(tx, exchange, signUp.proved(false, exchange.now()));
    }

    private SignUp found(Tx tx, Exchange exchange, String id) {
        return found(tx, entry.knownClient(tx, exchange), id);
    }

    private Shown watched(Tx tx, Exchange exchange, String id) {
        Caller.Known watcher = entry.watcher(tx, exchange);
        SignUp signUp = found(tx, watcher.clientId(), id);
        Shown shown = shown(tx, exchange, signUp);
        return Entry.asBegun(watcher, signUp.abandonAt()) ? shown.asBegun() : shown;
    }

    private static SignUp found(Tx tx, String clientId, String id) {
        return SignUpStore.find(tx, clientId, id).orElseThrow(() -> Errors.notFound("sign up", id));
    }

    private SignUp unfinished(Tx tx, Exchange exchange, String id) {
        SignUp signUp = found(tx, exchange, id);
        if (signUp.createdUserId().isPresent()) throw Errors.verificationAlreadyVerified();
        if (!exchange.now().isBefore(signUp.abandonAt())) throw Errors.notFound("sign up", id);
        return signUp;
    }

    /** Adds or changes fields, or brings a ticket; when nothing is missing any more, the account is made. */
    Shown update(Exchange exchange, String id, Form form) {
        SignUp known = store.read(tx -> unfinished(tx, exchange, id));
        Optional<String> ticketHash = ticketHash(form);
        Optional<String> invited = ticketHash.map(hash -> store.read(tx -> invited(tx, exchange, hash)));
        Given given = read(exchange, form, invited.or(known::emailAddress));
        return store.write(tx -> {
            SignUp before = unfinished(tx, exchange, id);
            SignUp changed = given.onto(ticketHash
                    .map(hash -> before.invited(invited(tx, exchange, hash), hash, exchange.now()))
                    .orElse(before));
            requireFree(tx, exchange, changed);
            if (!changed.emailAddress().equals(before.emailAddress())) codes.forget(tx, id);
            if (!changed.phoneNumber().equals(before.phoneNumber())) codes.forget(tx, phoneOwner(id));
            SignUpStore.update(tx, changed, exchange.now());
            return afterChange(tx, exchange, changed, form);
        });
    }

    /** Sends a code or a link to the address, or a code to the number. */
    Shown prepare(Exchange exchange, String id, Form form) {
        String strategy = form.required("strategy");
        requireKnown(exchange, strategy);
        return store.write(tx -> {
            SignUp signUp = unfinished(tx, exchange, id);
            send(tx, exchange, signUp, strategy, form);
            return shown(tx, exchange, signUp);
        });
    }

    static void requireKnown(Exchange exchange, String strategy) {
        FactorSettings settings = Instance.of(exchange).settings().factors();
        boolean known = settings.emailAddresses().strategies().contains(strategy)
                || (isPhone(strategy) && settings.phoneNumbers().forSignIn());
        if (!known) throw Errors.invalidStrategy(SignIn.printable(strategy));
    }

    private static boolean isPhone(String strategy) {
        return strategy.equals(Offer.PHONE_CODE);
    }

    private static String field(String strategy) {
        return isPhone(strategy) ? "phone_number" : "email_address";
    }

    private static String owner(String signUpId, String strategy) {
        return isPhone(strategy) ? phoneOwner(signUpId) : signUpId;
    }

    private static String phoneOwner(String signUpId) {
        return signUpId + ":phone";
    }

    private void send(WriteTx tx, Exchange exchange, SignUp signUp, String strategy, Form form) {
        Optional<String> identifier = isPhone(strategy) ? signUp.phoneNumber() : signUp.emailAddress();
        String recipient = identifier.orElseThrow(() -> Errors.missing(field(strategy)));
        if (!signUp.unverifiedFields().contains(field(strategy))) throw Errors.verificationAlreadyVerified();
        var purpose = new Codes.Purpose(
                owner(signUp.id(), strategy), strategy, Optional.empty(), Optional.empty(), recipient);
        if (strategy.equals(Offer.EMAIL_LINK))
            links.send(
                    tx,
                    exchange,
                    new Links.Wish(Link.Aim.SIGN_UP, signUp.clientId(), Links.target(exchange, form)),
                    purpose);
        else codes.prepare(tx, Instance.of(exchange), purpose, exchange.now());
    }

    /** What a transaction with a code came to: the counted try is committed in any case. */
    private record Outcome(Verdict verdict, Optional<Shown> shown) {}

    Shown attempt(Exchange exchange, String id, Form form) {
        String strategy = form.required("strategy");
        requireKnown(exchange, strategy);
        if (strategy.equals(Offer.EMAIL_LINK)) throw Errors.invalidStrategy(strategy);
        String code = form.required("code");
        Outcome outcome = store.write(tx -> {
            SignUp signUp = unfinished(tx, exchange, id);
            Verdict verdict =
                    codes.attempt(tx, Instance.of(exchange), owner(id, strategy), strategy, code, exchange.now());
            Optional<Shown> shown = verdict instanceof Verdict.Passed
                    ? Optional.of(verified(tx, exchange, signUp.proved(isPhone(strategy), exchange.now())))
                    : Optional.empty();
            return new Outcome(verdict, shown);
        });
        outcome.verdict().orRefuse();
        return outcome.shown().orElseThrow();
    }

    private Shown verified(WriteTx tx, Exchange exchange, SignUp changed) {
        SignUpStore.update(tx, changed, exchange.now());
        return changed.meetsRequirements() ? complete(tx, exchange, changed) : shown(tx, exchange, changed);
    }

    private Shown complete(WriteTx tx, Exchange exchange, SignUp signUp) {
        Instance instance = Instance.of(exchange);
        var registration = new Users.Registration(
                proved(tx, signUp),
                signUp.firstName(),
                signUp.lastName(),
                signUp.passwordHash(),
                signUp.unsafeMetadata());
        String userId = users.register(tx, instance, registration, exchange.now());
        User user = users.find(tx, instance, userId).orElseThrow();
        signUp.ticketHash().ifPresent(hash -> accept(tx, exchange, hash, user));
        FactorAges ages = new FactorAges(Optional.of(exchange.now()), Optional.empty());
        String sessionId = entry.enter(tx, exchange, signUp.clientId(), user, Offer.PASSWORD, Opening.of(ages));
        if (!SignUpStore.complete(tx, signUp.id(), userId, sessionId, exchange.now())) throw Errors.sessionExists();
        SignUp completed = SignUpStore.find(tx, signUp.clientId(), signUp.id()).orElseThrow();
        return shown(tx, exchange, completed);
    }

    /** In the transaction that makes the account: whoever is invited to the application brings metadata along. */
    private void accept(WriteTx tx, Exchange exchange, String ticketHash, User user) {
        if (entry.spend(tx, exchange, ticketHash, user) instanceof Ticket.ToApplication(UserInvitation invitation))
            users.setPublicMetadata(tx, user.id(), invitation.publicMetadata(), exchange.now());
    }

    private List<Users.Proved> proved(Tx tx, SignUp signUp) {
        return Stream.of(
                        signUp.emailAddress().map(text -> new Users.Proved(text, addressStrategy(tx, signUp))),
                        signUp.phoneNumber().map(text -> new Users.Proved(text, Offer.PHONE_CODE)))
                .flatMap(Optional::stream)
                .toList();
    }

    private String addressStrategy(Tx tx, SignUp signUp) {
        if (signUp.ticketHash().isPresent()) return Tickets.STRATEGY;
        return codes.find(tx, signUp.id())
                .filter(Verification::isOpenedLink)
                .map(Verification::strategy)
                .orElse(Offer.EMAIL_CODE);
    }

    private ObjectNode publicMetadata(Tx tx, Exchange exchange, SignUp signUp) {
        Optional<Ticket> ticket =
                signUp.ticketHash().flatMap(hash -> tickets.find(tx, Instance.of(exchange), hash, exchange.now()));
        return ticket.orElse(null) instanceof Ticket.ToApplication(UserInvitation invitation)
                ? invitation.publicMetadata()
                : Json.object();
    }

    Shown shown(Tx tx, Exchange exchange, SignUp signUp) {
        return new Shown(
                signUp,
                codes.find(tx, signUp.id()),
                codes.find(tx, phoneOwner(signUp.id())),
                publicMetadata(tx, exchange, signUp),
                Instance.of(exchange).settings().factors());
    }
}
