package dev.usher.backend;

import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.AccountChange;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Accounts;
import dev.usher.user.Identifier;
import dev.usher.user.Standing;
import dev.usher.user.User;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes, changes and deletes accounts for servers, each in one transaction. */
final class UserWrites {
    private static final int MOST_IDENTIFIERS = 10;

    private final Store store;
    private final Accounts accounts;
    private final AccountIdentifiers emailAddresses;
    private final AccountIdentifiers phoneNumbers;
    private final NewPassword newPassword;
    private final BroughtFactors broughtFactors;
    private final UserSecondFactors secondFactors;
    private final Sessions sessions;

    UserWrites(
            Store store,
            Accounts accounts,
            AccountIdentifiers emailAddresses,
            AccountIdentifiers phoneNumbers,
            NewPassword newPassword,
            BroughtFactors broughtFactors,
            UserSecondFactors secondFactors,
            Sessions sessions) {
        this.store = store;
        this.accounts = accounts;
        this.emailAddresses = emailAddresses;
        this.phoneNumbers = phoneNumbers;
        this.newPassword = newPassword;
        this.broughtFactors = broughtFactors;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
    }

    /** An identifier as it is to be made. */
    private record Wanted(String text, Standing standing) {}

    User create(Exchange exchange, Body body) {
        Instance instance = Instance.of(exchange);
        AccountChange change = AccountFields.change(body, exchange.now());
        List<Wanted> emails = wanted(body, Identifier.Kind.EMAIL_ADDRESS);
        List<Wanted> phones = wanted(body, Identifier.Kind.PHONE_NUMBER);
        Accounts.MetadataChange metadata = AccountFields.metadata(body);
        boolean banned = AccountFields.isSet(body, "banned");
        boolean locked = AccountFields.isSet(body, "locked");
        requireWhatTheInstanceRequires(body, change, emails, phones);
        Optional<String> hash = newPassword.hash(
                body, instance, emails.isEmpty() ? "" : emails.getFirst().text());
        var brought = broughtFactors.of(body, instance, exchange.now());
        return store.write(tx -> {
            User user = accounts.create(tx, instance, change, exchange.now());
            add(tx, exchange, emailAddresses, user.id(), emails);
            add(tx, exchange, phoneNumbers, user.id(), phones);
            accounts.replaceMetadata(tx, user, metadata, exchange.now());
            if (hash.isPresent()) accounts.setPassword(tx, user, hash, exchange.now());
            secondFactors.bring(tx, instance, user.id(), brought, exchange.now());
            if (banned) accounts.setBanned(tx, user, true, exchange.now());
            if (locked) accounts.lock(tx, instance, user, exchange.now());
            return accounts.get(tx, instance, user.id());
        });
    }

    private static List<Wanted> wanted(Body body, Identifier.Kind kind) {
        String field = kind.field();
        String statusField = field + "_identification_status";
        List<String> texts = body.texts(field).or(List.of());
        List<String> given = body.texts(statusField).or(List.of());
        if (texts.size() > MOST_IDENTIFIERS)
            throw Errors.invalidValue(field, "A user is made with " + MOST_IDENTIFIERS + " of them at most.");
        if (!given.isEmpty() && given.size() != texts.size()) throw UserErrors.lengthsDiffer(statusField, field);
        List<String> words = given.isEmpty() ? Collections.nCopies(texts.size(), "verified") : given;
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Wanted(texts.get(i), standing(statusField, words.get(i))))
                .toList();
    }

    private static Standing standing(String field, String word) {
        Standing standing = AccountFields.standing(field, word);
        if (!standing.isClaim()) throw Errors.invalidValue(field, field + " is verified or reserved.");
        return standing;
    }

    private static void requireWhatTheInstanceRequires(
            Body body, AccountChange change, List<Wanted> emails, List<Wanted> phones) {
        if (body.texts("web3_wallet").value().filter(list -> !list.isEmpty()).isPresent())
            throw Errors.invalidValue("web3_wallet", "This instance has no wallets.");
        boolean nameless = emails.isEmpty()
                && phones.isEmpty()
                && change.username().value().isEmpty();
        if (nameless && !AccountFields.isSet(body, "skip_user_requirement"))
            throw UserErrors.dataMissing("email_address");
        boolean open = body.text("password").value().isPresent()
                || body.text("password_digest").value().isPresent();
        if (!open && !AccountFields.isSet(body, "skip_password_requirement")) throw UserErrors.dataMissing("password");
    }

    private void add(
            WriteTx tx, Exchange exchange, AccountIdentifiers identifiers, String userId, List<Wanted> wanted) {
        Instance instance = Instance.of(exchange);
        // A millisecond apart, so that they are listed in the order in which they were given.
        Instant first = exchange.now().minusMillis(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            User user = accounts.get(tx, instance, userId);
            Wanted one = wanted.get(i);
            identifiers.add(tx, instance, user, one.text(), one.standing(), false, first.plusMillis(i));
        }
    }

    User update(Exchange exchange, String userId, Body body) {
        Instance instance = Instance.of(exchange);
        AccountChange change = AccountFields.change(body, exchange.now());
        Optional<String> primaryEmail = body.text("primary_email_address_id").value();
        Optional<String> primaryPhone = body.text("primary_phone_number_id").value();
        Accounts.MetadataChange metadata = AccountFields.metadata(body);
        boolean signOut = AccountFields.isSet(body, "sign_out_of_other_sessions");
        refuseWhatIsNot(body);
        User before = store.read(tx -> accounts.get(tx, instance, userId));
        Optional<String> hash = newPassword.hash(body, instance, before.identifier());
        var brought = broughtFactors.of(body, instance, exchange.now());
        return store.write(tx -> {
            User user = accounts.get(tx, instance, userId);
            accounts.update(tx, user, change, exchange.now());
            accounts.replaceMetadata(tx, user, metadata, exchange.now());
            primaryEmail.ifPresent(id -> emailAddresses.makePrimary(tx, user, id, exchange.now()));
            primaryPhone.ifPresent(id -> phoneNumbers.makePrimary(tx, user, id, exchange.now()));
            if (hash.isPresent()) accounts.setPassword(tx, user, hash, exchange.now());
            secondFactors.bring(tx, instance, userId, brought, exchange.now());
            if (hash.isPresent() && signOut) sessions.revokeAllOf(tx, instance, user.id(), exchange.now());
            return accounts.get(tx, instance, userId);
        });
    }

    private static void refuseWhatIsNot(Body body) {
        body.flag("notify_primary_email_address_changed");
        for (String field : List.of("primary_web3_wallet_id", "profile_image_id"))
            if (body.text(field).value().filter(text -> !text.isEmpty()).isPresent())
                throw Errors.resourceOfFormNotFound(field);
    }

    /** Sessions and memberships end with the account. */
    void delete(Exchange exchange, String userId) {
        Instance instance = Instance.of(exchange);
        store.change(tx -> {
            User user = accounts.get(tx, instance, userId);
            accounts.delete(tx, instance, user, exchange.now());
        });
    }
}
