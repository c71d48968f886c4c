package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.Given;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Change;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What servers do with accounts: they need no proof of anything, and they are bound to what is unique. */
public final class Accounts {
    private static final int SHORTEST_USERNAME = 4;
    private static final int LONGEST_USERNAME = 64;
    private static final int LONGEST_TEXT = 256;

    private final Ids ids;
    private final Users users;

    public Accounts(Ids ids, Users users) {
        this.ids = ids;
        this.users = users;
    }

    /** Metadata as a server gives it: three objects, each absent or there. */
    public record MetadataChange(Given<ObjectNode> open, Given<ObjectNode> hidden, Given<ObjectNode> unsafe) {}

    /** The account.
     *
     * @throws dev.usher.http.Refusal when this instance has no such user
     */
    public User get(Tx tx, Instance instance, String userId) {
        return users.find(tx, instance, userId).orElseThrow(() -> Errors.notFound("user", userId));
    }

    /** Makes an account without any identifier or password. */
    public User create(WriteTx tx, Instance instance, AccountChange change, Instant now) {
        String userId = ids.next("user", now);
        tx.note(new Change("user.created", userId));
        AccountStore.insert(tx, instance.id(), userId, now);
        update(tx, get(tx, instance, userId), change, now);
        return get(tx, instance, userId);
    }

    /** Changes an account; of two that want one username or external id, the database lets one have it. */
    public void update(WriteTx tx, User user, AccountChange change, Instant now) {
        change.username().value().filter(name -> !name.isEmpty()).ifPresent(Accounts::checkUsername);
        checkLength("first_name", change.firstName());
        checkLength("last_name", change.lastName());
        checkLength("external_id", change.externalId());
        checkLength("locale", change.locale());
        AccountStore.update(tx, user, change, now);
        if (change.username().isThere())
            unique(
                    "username",
                    () -> AccountStore.setUsername(
                            tx, user.id(), change.username().value()));
        if (change.externalId().isThere())
            unique(
                    "external_id",
                    () -> AccountStore.setExternalId(
                            tx, user.id(), change.externalId().value()));
    }

    private static void unique(String field, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw Errors.identifierExists(field);
            throw e;
        }
    }

    private static void checkUsername(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < SHORTEST_USERNAME || length > LONGEST_USERNAME)
            throw UserErrors.usernameLength(SHORTEST_USERNAME, LONGEST_USERNAME);
        if (!name.matches("[A-Za-z0-9_-]+")) throw UserErrors.usernameCharacter();
        if (name.matches("[0-9]+")) throw UserErrors.usernameNeedsLetter();
    }

    private static void checkLength(String field, Given<String> text) {
        if (text.value().filter(value -> value.length() > LONGEST_TEXT).isPresent())
            throw Errors.invalidFormat(field, field + " has " + LONGEST_TEXT + " characters at most.");
    }

    /** Lays the given objects over the present ones, value by value; a null takes a value away. */
    public void mergeMetadata(WriteTx tx, User user, MetadataChange change, Instant now) {
        setMetadata(
                tx,
                user,
                merged("public_metadata", user.publicMetadata(), change.open()),
                merged("private_metadata", user.terms().privateMetadata(), change.hidden()),
                merged("unsafe_metadata", user.unsafeMetadata(), change.unsafe()),
                now);
    }

    private static JsonNode merged(String field, JsonNode present, Given<ObjectNode> change) {
        Optional<JsonNode> merged =
                change.value().map(patch -> Metadata.checked(field, Metadata.merged(present, patch)));
        return merged.orElse(present);
    }

    /** Puts the given objects in the place of the present ones. */
    public void replaceMetadata(WriteTx tx, User user, MetadataChange change, Instant now) {
        setMetadata(
                tx,
                user,
                replaced("public_metadata", user.publicMetadata(), change.open()),
                replaced("private_metadata", user.terms().privateMetadata(), change.hidden()),
                replaced("unsafe_metadata", user.unsafeMetadata(), change.unsafe()),
                now);
    }

    private static JsonNode replaced(String field, JsonNode present, Given<ObjectNode> change) {
        Optional<JsonNode> given = change.value().map(object -> Metadata.checked(field, object));
        return given.orElse(present);
    }

    private static void setMetadata(
            WriteTx tx, User user, JsonNode open, JsonNode hidden, JsonNode unsafe, Instant now) {
        AccountStore.setMetadata(tx, user.id(), open, hidden, unsafe, now);
    }

    /** Shuts the account or opens it again. */
    public void setBanned(WriteTx tx, User user, boolean banned, Instant now) {
        AccountStore.setBanned(tx, user.id(), banned, now);
    }

    /** Keeps everybody from signing in for as long as the instance locks accounts. */
    public void lock(WriteTx tx, Instance instance, User user, Instant now) {
        Optional<Instant> until =
                instance.settings().factors().lockout().duration().map(now::plus);
        AccountStore.setLock(tx, user.id(), true, until, now);
    }

    public void unlock(WriteTx tx, User user, Instant now) {
        AccountStore.setLock(tx, user.id(), false, Optional.empty(), now);
    }

    /** Sets the password behind the hash, or none. */
    public void setPassword(WriteTx tx, User user, Optional<String> hash, Instant now) {
        AccountStore.setPassword(tx, user.id(), hash, now);
        users.passwordReset(tx, user.id(), now);
    }

    /**
     * Marks the present password as known to others, or takes the mark away. Who is signed in stays so; a session that begins
     * from now on waits for another password.
     */
    public void setCompromised(WriteTx tx, User user, boolean compromised, Instant now) {
        if (user.passwordHash().isEmpty()) throw UserErrors.noPasswordSet();
        AccountStore.setCompromised(tx, user.id(), compromised, now);
        if (!compromised) users.passwordReset(tx, user.id(), now);
    }

    public void delete(WriteTx tx, Instance instance, User user, Instant now) {
        users.delete(tx, instance, user.id(), now);
    }
}
