package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.http.Errors;
import dev.usher.http.Refusal;
import dev.usher.http.UserErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Duplicates;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;

/** What servers do with e-mail addresses and phone numbers: they say whose one is, and nobody has to prove it. */
public final class AccountIdentifiers {
    private final Ids ids;
    private final Accounts accounts;
    private final Identifier.Kind kind;
    private final AccountIdentifierStore store;

    public AccountIdentifiers(Ids ids, Accounts accounts, Identifier.Kind kind) {
        this.ids = ids;
        this.accounts = accounts;
        this.kind = kind;
        this.store = new AccountIdentifierStore(kind);
    }

    /** An identifier with the user that it belongs to. */
    public record Owned(User user, Identifier identifier) {}

    /** The identifier.
     *
     * @throws Refusal when this instance has none of that id
     */
    public Owned get(Tx tx, Instance instance, String id) {
        return store.owner(tx, instance.id(), id)
                .map(userId -> accounts.get(tx, instance, userId))
                .flatMap(user -> user.identifier(kind, id).map(found -> new Owned(user, found)))
                .orElseThrow(() -> Errors.notFound(kind.field().replace('_', ' '), id));
    }

    /**
     * Adds an identifier; the first one that can be signed in with is the primary one.
     *
     * @param primary whether it is to be the primary one in any case
     * @throws Refusal when it is none, or another user's
     */
    public String add(
            WriteTx tx, Instance instance, User user, String text, Standing standing, boolean primary, Instant now) {
        if (standing == Standing.RESERVED && kind == Identifier.Kind.PHONE_NUMBER)
            throw Errors.invalidValue(
                    "phone_number_identification_status", "A phone number cannot be reserved on this server.");
        String normalized = normalized(instance, text);
        boolean isOwn =
                user.identifiers(kind).stream().anyMatch(one -> one.text().equals(normalized));
        if (isOwn || Identifiers.owner(tx, instance.id(), normalized).isPresent()) throw exists();
        if (primary && !standing.isClaim()) throw notPrimary();
        String id = ids.next("idn", now);
        claimed(() -> store.insert(tx, instance.id(), user.id(), id, normalized, standing, now));
        boolean first = standing.isClaim() && user.primary(kind).isEmpty();
        if (primary || first) store.setPrimary(tx, user.id(), Optional.of(id), now);
        return id;
    }

    private String normalized(Instance instance, String text) {
        if (kind == Identifier.Kind.PHONE_NUMBER) return PhoneNumber.required(kind.field(), text, instance.settings());
        return EmailAddress.normalized(text)
                .orElseThrow(() -> Errors.invalidFormat(kind.field(), "email_address must be an e-mail address."));
    }

    private Refusal exists() {
        return Errors.identifierExists(kind.field());
    }

    private static Refusal notPrimary() {
        return UserErrors.identificationUpdateFailed("What is not verified cannot be the primary one.");
    }

    /** Of two users who are given one identifier, the database lets one have it. */
    private void claimed(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw exists();
            throw e;
        }
    }

    /** Says anew whether an identifier is verified, and makes it the primary one where that is asked for. */
    public void update(
            WriteTx tx, Instance instance, Owned owned, Optional<Boolean> verified, boolean primary, Instant now) {
        verified.filter(wanted -> wanted != owned.identifier().verified())
                .ifPresent(wanted -> setStanding(tx, owned, wanted ? Standing.VERIFIED : Standing.UNVERIFIED, now));
        if (!primary) return;
        Owned changed = get(tx, instance, owned.identifier().id());
        if (!changed.identifier().canSignIn()) throw notPrimary();
        store.setPrimary(
                tx, changed.user().id(), Optional.of(changed.identifier().id()), now);
    }

    private void setStanding(WriteTx tx, Owned owned, Standing standing, Instant now) {
        User user = owned.user();
        String id = owned.identifier().id();
        claimed(() -> store.setStanding(tx, user.id(), id, standing, now));
        if (standing.isClaim() && user.primary(kind).isEmpty()) store.setPrimary(tx, user.id(), Optional.of(id), now);
        if (!standing.isClaim() && isPrimary(user, id)) store.setPrimary(tx, user.id(), another(user, id), now);
    }

    private boolean isPrimary(User user, String id) {
        return user.primary(kind).filter(id::equals).isPresent();
    }

    private Optional<String> another(User user, String id) {
        return user.identifiers(kind).stream()
                .filter(one -> one.canSignIn() && !one.id().equals(id))
                .map(Identifier::id)
                .findFirst();
    }

    /** Takes an identifier away; the oldest one left is the primary one from then on. */
    public void remove(WriteTx tx, Owned owned, Instant now) {
        User user = owned.user();
        String id = owned.identifier().id();
        if (owned.identifier().canSignIn() && !user.hasIdentifierBesides(id)) throw UserErrors.lastIdentification();
        store.delete(tx, user.id(), id);
        if (isPrimary(user, id)) store.setPrimary(tx, user.id(), another(user, id), now);
    }

    /** Puts one identifier in the place of all of its kind that the user has. */
    public String replaceAll(WriteTx tx, Instance instance, User user, String text, Standing standing, Instant now) {
        store.deleteAll(tx, user.id());
        store.setPrimary(tx, user.id(), Optional.empty(), now);
        User bare = accounts.get(tx, instance, user.id());
        String id = add(tx, instance, bare, text, standing, false, now);
        store.setPrimary(tx, user.id(), Optional.of(id), now);
        return id;
    }

    /** Makes an identifier of the user's own the primary one.
     *
     * @throws Refusal when the user has none of that id that can be signed in with
     */
    public void makePrimary(WriteTx tx, User user, String id, Instant now) {
        boolean fits = user.identifier(kind, id).filter(Identifier::canSignIn).isPresent();
        if (!fits) throw Errors.resourceOfFormNotFound(kind.primaryField());
        store.setPrimary(tx, user.id(), Optional.of(id), now);
    }
}
