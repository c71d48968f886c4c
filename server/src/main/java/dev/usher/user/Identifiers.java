package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.FactorErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Adds, proves and removes a user's e-mail addresses and phone numbers. */
public final class Identifiers {
    private static final int MOST_UNVERIFIED = 10;

    private final Ids ids;

    public Identifiers(Ids ids) {
        this.ids = ids;
    }

    /** Adds an address that is not proved yet.
     *
     * @param address in lower case
     * @throws dev.usher.http.Refusal when somebody has it
     */
    public String addEmailAddress(WriteTx tx, Instance instance, User user, String address, Instant now) {
        boolean taken = EmailAddressStore.owner(tx, instance.id(), address).isPresent()
                || user.emailAddresses().stream()
                        .anyMatch(one -> one.emailAddress().equals(address));
        if (taken) throw Errors.identifierExists("email_address");
        requireFewUnverified(user);
        String id = ids.next("idn", now);
        EmailAddressStore.insert(tx, instance.id(), user.id(), id, address, Proof.NONE, now);
        UserStore.changed(tx, user.id(), now);
        return id;
    }

    /** Adds a number that is not proved yet.
     *
     * @param number in the form of E.164
     * @throws dev.usher.http.Refusal when somebody has it
     */
    public String addPhoneNumber(WriteTx tx, Instance instance, User user, String number, Instant now) {
        boolean taken = PhoneNumberStore.owner(tx, instance.id(), number).isPresent()
                || user.phoneNumbers().stream()
                        .anyMatch(one -> one.phoneNumber().equals(number));
        if (taken) throw Errors.identifierExists("phone_number");
        requireFewUnverified(user);
        String id = ids.next("idn", now);
        PhoneNumberStore.insert(tx, instance.id(), user.id(), id, number, Proof.NONE, now);
        UserStore.changed(tx, user.id(), now);
        return id;
    }

    private static void requireFewUnverified(User user) {
        long unverified = user.emailAddresses().stream()
                        .filter(one -> one.verifiedAt().isEmpty())
                        .count()
                + user.phoneNumbers().stream()
                        .filter(one -> one.verifiedAt().isEmpty())
                        .count();
        if (unverified >= MOST_UNVERIFIED) throw FactorErrors.tooManyUnverified();
    }

    /** Marks an address as proved; the first one becomes the primary one.
     *
     * @throws dev.usher.http.Refusal when somebody else proved it meanwhile
     */
    public void emailAddressProved(WriteTx tx, User user, String id, String strategy, Instant now) {
        claimed(() -> EmailAddressStore.verify(tx, user.id(), id, strategy, now));
        if (user.primaryEmailAddressId().isEmpty())
            UserStore.setPrimaryEmailAddress(tx, user.id(), Optional.of(id), now);
        UserStore.changed(tx, user.id(), now);
    }

    /** Marks a number as proved; the first one becomes the primary one.
     *
     * @throws dev.usher.http.Refusal when somebody else proved it meanwhile
     */
    public void phoneNumberProved(WriteTx tx, User user, String id, String strategy, Instant now) {
        claimed(() -> PhoneNumberStore.verify(tx, user.id(), id, strategy, now));
        if (user.primaryPhoneNumberId().isEmpty()) UserStore.setPrimaryPhoneNumber(tx, user.id(), Optional.of(id), now);
        UserStore.changed(tx, user.id(), now);
    }

    private static void claimed(Runnable statement) {
        try {
            statement.run();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw FactorErrors.identifierClaimed();
            throw e;
        }
    }

    /** Removes an address; the oldest one left becomes the primary one.
     *
     * @throws dev.usher.http.Refusal when the account could not be signed in to without it
     */
    public void removeEmailAddress(WriteTx tx, User user, EmailAddress address, Instant now) {
        if (address.verifiedAt().isPresent()) requireAnother(user, address.id());
        EmailAddressStore.delete(tx, user.id(), address.id());
        if (isPrimary(user.primaryEmailAddressId(), address.id()))
            UserStore.setPrimaryEmailAddress(tx, user.id(), otherEmailAddress(user, address.id()), now);
        UserStore.changed(tx, user.id(), now);
    }

    /** Removes a number; the oldest one left becomes the primary one.
     *
     * @throws dev.usher.http.Refusal when the account could not be signed in to without it
     */
    public void removePhoneNumber(WriteTx tx, User user, PhoneNumber number, Instant now) {
        if (number.isFirstFactor()) requireAnother(user, number.id());
        PhoneNumberStore.delete(tx, user.id(), number.id());
        if (isPrimary(user.primaryPhoneNumberId(), number.id()))
            UserStore.setPrimaryPhoneNumber(tx, user.id(), otherPhoneNumber(user, number.id()), now);
        UserStore.changed(tx, user.id(), now);
    }

    /** Says what a number is used for. */
    public void usePhoneNumber(
            WriteTx tx, User user, PhoneNumber number, boolean reserved, boolean byDefault, Instant now) {
        if (reserved && number.isFirstFactor()) requireAnother(user, number.id());
        if (byDefault) PhoneNumberStore.clearDefaults(tx, user.id());
        PhoneNumberStore.setUse(tx, user.id(), number.id(), reserved, byDefault, now);
        UserStore.changed(tx, user.id(), now);
    }

    private static void requireAnother(User user, String id) {
        if (otherEmailAddress(user, id).isEmpty()
                && otherPhoneNumber(user, id).isEmpty()
                && user.username().isEmpty()) throw FactorErrors.lastIdentifier();
    }

    private static boolean isPrimary(Optional<String> primaryId, String id) {
        return Objects.equals(primaryId.orElse(null), id);
    }

    private static Optional<String> otherEmailAddress(User user, String id) {
        return user.emailAddresses().stream()
                .filter(one -> one.verifiedAt().isPresent() && !one.id().equals(id))
                .map(EmailAddress::id)
                .findFirst();
    }

    private static Optional<String> otherPhoneNumber(User user, String id) {
        return user.phoneNumbers().stream()
                .filter(one -> one.isFirstFactor() && !one.id().equals(id))
                .map(PhoneNumber::id)
                .findFirst();
    }

    /** The user who owns the identifier: an address in lower case or a number in the form of E.164. */
    static Optional<String> owner(Tx tx, String instanceId, String identifier) {
        return identifier.contains("@")
                ? EmailAddressStore.owner(tx, instanceId, identifier)
                : PhoneNumberStore.owner(tx, instanceId, identifier);
    }
}
