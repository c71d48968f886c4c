package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Finds, registers, changes and deletes users. */
public final class Users {
    /** Who signs up. The e-mail address was proved by the strategy. */
    public record Registration(
            String emailAddress,
            String verificationStrategy,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> passwordHash,
            ObjectNode unsafeMetadata) {}

    private static final int LONGEST_NAME = 256;

    private final Ids ids;

    public Users(Ids ids) {
        this.ids = ids;
    }

    public Optional<User> find(Tx tx, Instance instance, String userId) {
        return UserStore.find(tx, instance.id(), userId);
    }

    /** Nobody else changes the user, or opens a session for them, until this transaction ends. */
    public void hold(WriteTx tx, String userId) {
        UserStore.hold(tx, userId);
    }

    /** The user who owns the address, which is in lower case. */
    public Optional<User> findByEmailAddress(Tx tx, Instance instance, String address) {
        return UserStore.idByEmailAddress(tx, instance.id(), address).flatMap(id -> find(tx, instance, id));
    }

    /** Makes the account; of two registrations with one address the database lets one through.
     *
     * @throws dev.usher.http.Refusal when the address belongs to somebody
     */
    public String register(WriteTx tx, Instance instance, Registration registration, Instant now) {
        String userId = ids.next("user", now);
        UserStore.insert(tx, instance.id(), registration, userId, now);
        try {
            UserStore.insertVerifiedEmailAddress(
                    tx,
                    instance.id(),
                    userId,
                    ids.next("idn", now),
                    registration.emailAddress(),
                    registration.verificationStrategy(),
                    now);
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw Errors.identifierExists("email_address");
            throw e;
        }
        return userId;
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
        form.given("primary_email_address_id").ifPresent(id -> setPrimary(tx, user, id, now));
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

    private static void setPrimary(WriteTx tx, User user, String emailAddressId, Instant now) {
        boolean fits = user.emailAddresses().stream()
                .anyMatch(address -> address.id().equals(emailAddressId)
                        && address.verifiedAt().isPresent());
        if (!fits) throw Errors.resourceOfFormNotFound("primary_email_address_id");
        UserStore.setPrimaryEmailAddress(tx, user.id(), emailAddressId, now);
    }

    /** Deletes the account with all that hangs on it. */
    public void delete(WriteTx tx, Instance instance, String userId) {
        UserStore.delete(tx, instance.id(), userId);
    }
}
