package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.store.Change;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Finds, registers, changes and deletes users. */
public final class Users {
    /** An e-mail address in lower case or a phone number in the form of E.164, proved by the strategy. */
    public record Proved(String identifier, String strategy) {
        private boolean isEmailAddress() {
            return identifier.contains("@");
        }
    }

    /** Who signs up. Of each kind of identifier the first becomes the primary one. */
    public record Registration(
            List<Proved> identifiers,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> passwordHash,
            ObjectNode unsafeMetadata) {}

    private static final int LONGEST_NAME = 256;

    /** Ends, in the same transaction, what other rooms keep for an account that is about to go. */
    @FunctionalInterface
    public interface Leaving {
        void userLeaves(WriteTx tx, Instance instance, String userId, Instant now);
    }

    private final Ids ids;
    private final List<Leaving> leaving = new ArrayList<>();
    private final List<Duties> duties = new ArrayList<>();

    public Users(Ids ids) {
        this.ids = ids;
    }

    /** Has this done before any account is deleted; said once while the house is put together. */
    public void beforeDeletion(Leaving end) {
        leaving.add(end);
    }

    /** Has this told of what users have done; said once while the house is put together. */
    public void tell(Duties those) {
        duties.add(those);
    }

    public Optional<User> find(Tx tx, Instance instance, String userId) {
        return UserStore.find(tx, instance.id(), userId);
    }

    /** Whether the user is banned, for whom nothing else of the user matters; empty when there is none. A write holds the user. */
    public Optional<Boolean> banned(Tx tx, Instance instance, String userId) {
        return UserStore.banned(tx, instance.id(), userId);
    }

    /** Nobody else changes the user, or opens a session for them, until this transaction ends. */
    public void hold(WriteTx tx, String userId) {
        UserStore.hold(tx, userId);
    }

    /** The user who owns the address, which is in lower case. */
    public Optional<User> findByEmailAddress(Tx tx, Instance instance, String address) {
        return findByIdentifier(tx, instance, address);
    }

    /** The user who owns the identifier: an e-mail address in lower case or a phone number in the form of E.164. */
    public Optional<User> findByIdentifier(Tx tx, Instance instance, String identifier) {
        return find(
                tx, instance, Identifiers.owner(tx, instance.id(), identifier).orElse(""));
    }

    /** Makes the account; of two registrations with one identifier the database lets one through.
     *
     * @throws dev.usher.http.Refusal when an identifier belongs to somebody
     */
    public String register(WriteTx tx, Instance instance, Registration registration, Instant now) {
        String userId = ids.next("user", now);
        tx.note(new Change("user.created", userId));
        UserStore.insert(tx, instance.id(), registration, userId, now);
        registration.identifiers().reversed().forEach(one -> add(tx, instance, userId, one, now));
        return userId;
    }

    private void add(WriteTx tx, Instance instance, String userId, Proved proved, Instant now) {
        String id = ids.next("idn", now);
        Proof proof = Proof.of(proved.strategy(), now);
        try {
            if (proved.isEmailAddress()) {
                EmailAddressStore.insert(tx, instance.id(), userId, id, proved.identifier(), proof, now);
                UserStore.setPrimaryEmailAddress(tx, userId, Optional.of(id), now);
            } else {
                PhoneNumberStore.insert(tx, instance.id(), userId, id, proved.identifier(), proof, now);
                UserStore.setPrimaryPhoneNumber(tx, userId, Optional.of(id), now);
            }
        } catch (RuntimeException e) {
            if (Duplicates.caused(e))
                throw Errors.identifierExists(proved.isEmailAddress() ? "email_address" : "phone_number");
            throw e;
        }
    }

    /** Notes a sign-in. */
    public void signedIn(WriteTx tx, String userId, Instant now) {
        UserStore.signedIn(tx, userId, now);
    }

    /** Changes the profile by the fields given; an empty one clears. */
    public void update(WriteTx tx, User user, Form form, Instant now) {
        UserStore.setNames(
                tx,
                user.id(),
                name(form, "first_name", user.firstName()),
                name(form, "last_name", user.lastName()),
                now);
        form.given("primary_email_address_id").ifPresent(id -> setPrimaryEmailAddress(tx, user, id, now));
        form.given("primary_phone_number_id").ifPresent(id -> setPrimaryPhoneNumber(tx, user, id, now));
        form.text("unsafe_metadata")
                .ifPresent(text ->
                        UserStore.setUnsafeMetadata(tx, user.id(), Metadata.parse("unsafe_metadata", text), now));
    }

    private static Optional<String> name(Form form, String field, Optional<String> present) {
        return changed(form, field, present, text -> checkedName(field, text));
    }

    private static Optional<String> changed(
            Form form, String field, Optional<String> present, Function<String, String> check) {
        Optional<String> given = form.given(field);
        return given.isEmpty() ? present : given.filter(text -> !text.isEmpty()).map(check);
    }

    /** A first or last name as given.
     *
     * @throws dev.usher.http.Refusal when it has more than 256 characters
     */
    public static String checkedName(String field, String text) {
        if (text.length() > LONGEST_NAME)
            throw Errors.invalidFormat(field, "A name has " + LONGEST_NAME + " characters at most.");
        return text;
    }

    private static void setPrimaryEmailAddress(WriteTx tx, User user, String id, Instant now) {
        boolean fits = user.emailAddresses().stream()
                .anyMatch(one -> one.id().equals(id) && one.verifiedAt().isPresent());
        if (!fits) throw Errors.resourceOfFormNotFound("primary_email_address_id");
        UserStore.setPrimaryEmailAddress(tx, user.id(), Optional.of(id), now);
    }

    private static void setPrimaryPhoneNumber(WriteTx tx, User user, String id, Instant now) {
        boolean fits = user.phoneNumbers().stream()
                .anyMatch(one -> one.id().equals(id) && one.verifiedAt().isPresent());
        if (!fits) throw Errors.resourceOfFormNotFound("primary_phone_number_id");
        UserStore.setPrimaryPhoneNumber(tx, user.id(), Optional.of(id), now);
    }

    /**
     * Sets another password, or takes it away.
     *
     * @param checked the hash that stood when the change was allowed
     * @return whether that hash still stood
     */
    public boolean setPassword(
            WriteTx tx, String userId, Optional<String> checked, Optional<String> hash, Instant now) {
        boolean isSet = UserStore.setPassword(tx, userId, checked, hash, now);
        if (isSet) passwordReset(tx, userId, now);
        return isSet;
    }

    void passwordReset(WriteTx tx, String userId, Instant now) {
        duties.forEach(one -> one.passwordReset(tx, userId, now));
    }

    /** What an app says of the user, and the user can read. */
    public void setPublicMetadata(WriteTx tx, String userId, ObjectNode metadata, Instant now) {
        UserStore.setPublicMetadata(tx, userId, metadata, now);
    }

    /** Keeps the same password under a hash of today's parameters. */
    public void rehashed(WriteTx tx, String userId, String checked, String hash) {
        UserStore.setPasswordHash(tx, userId, checked, hash);
    }

    /** Notes which second factors there are that are no identifiers; the moment of the first and of the last is kept. */
    public void secondFactorsChanged(
            WriteTx tx, Instance instance, String userId, boolean totp, boolean backupCodes, Instant now) {
        User user = find(tx, instance, userId).orElseThrow();
        boolean has = totp || user.phoneNumbers().stream().anyMatch(PhoneNumber::isSecondFactor);
        SecondFactors before = user.secondFactors();
        boolean had = before.enabledAt().isPresent();
        SecondFactors after = new SecondFactors(
                totp,
                backupCodes,
                has ? before.enabledAt().or(() -> Optional.of(now)) : Optional.empty(),
                had && !has ? Optional.of(now) : before.disabledAt());
        UserStore.setSecondFactors(tx, userId, after, now);
        if (has) duties.forEach(one -> one.secondFactorSet(tx, userId, now));
    }

    /** Notes that something that belongs to the user looks different now; tells whether there is such a user. */
    public boolean changed(WriteTx tx, Instance instance, String userId, Instant now) {
        return UserStore.changed(tx, instance.id(), userId, now);
    }

    /** Deletes the account with all that hangs on it. */
    public void delete(WriteTx tx, Instance instance, String userId, Instant now) {
        leaving.forEach(end -> end.userLeaves(tx, instance, userId, now));
        tx.note(new Change("user.deleted", userId));
        UserStore.delete(tx, instance.id(), userId);
    }
}
