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

/** What servers do with e-mail addresses: they say whose an address is, and nobody has to prove it. */
public final class AccountEmailAddresses {
    private final Ids ids;
    private final Accounts accounts;

    public AccountEmailAddresses(Ids ids, Accounts accounts) {
        this.ids = ids;
        this.accounts = accounts;
    }

    /** An address with the user that it belongs to. */
    public record Owned(User user, EmailAddress address) {}

    /** The address.
     *
     * @throws dev.usher.http.Refusal when this instance has none of that id
     */
    public Owned get(Tx tx, Instance instance, String id) {
        return AccountEmailAddressStore.owner(tx, instance.id(), id)
                .map(userId -> accounts.get(tx, instance, userId))
                .flatMap(user -> user.emailAddress(id).map(address -> new Owned(user, address)))
                .orElseThrow(() -> Errors.notFound("email address", id));
    }

    /**
     * Adds an address; the first one that can be signed in with is the primary one.
     *
     * @param primary whether it is to be the primary one in any case
     * @throws dev.usher.http.Refusal when it is no address or another user's
     */
    public String add(
            WriteTx tx, Instance instance, User user, String text, Standing standing, boolean primary, Instant now) {
        String address = normalized(text);
        boolean isOwn = user.emailAddresses().stream()
                .anyMatch(one -> one.emailAddress().equals(address));
        if (isOwn || AccountEmailAddressStore.isClaimed(tx, instance.id(), address)) throw exists();
        if (primary && !standing.isClaim()) throw notPrimary();
        String id = ids.next("idn", now);
        claimed(() -> AccountEmailAddressStore.insert(tx, instance.id(), user.id(), id, address, standing, now));
        boolean first = standing.isClaim() && user.primaryEmailAddressId().isEmpty();
        if (primary || first) AccountEmailAddressStore.setPrimary(tx, user.id(), Optional.of(id), now);
        return id;
    }

    private static String normalized(String text) {
        return EmailAddress.normalized(text)
                .orElseThrow(() -> Errors.invalidFormat("email_address", "email_address must be an e-mail address."));
    }

    private static Refusal exists() {
        return Errors.identifierExists("email_address");
    }

    private static Refusal notPrimary() {
        return UserErrors.identificationUpdateFailed("An address that is not verified cannot be the primary one.");
    }

    /** Of two users who are given one address, the database lets one have it. */
    private static void claimed(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw exists();
            throw e;
        }
    }

    /** Says anew whether an address is verified, and makes it the primary one where that is asked for. */
    public void update(
            WriteTx tx, Instance instance, Owned owned, Optional<Boolean> verified, boolean primary, Instant now) {
        verified.filter(wanted -> wanted != owned.address().verifiedAt().isPresent())
                .ifPresent(wanted -> setStanding(tx, owned, wanted ? Standing.VERIFIED : Standing.UNVERIFIED, now));
        if (!primary) return;
        Owned changed = get(tx, instance, owned.address().id());
        if (!changed.address().canSignIn()) throw notPrimary();
        AccountEmailAddressStore.setPrimary(
                tx, changed.user().id(), Optional.of(changed.address().id()), now);
    }

    private static void setStanding(WriteTx tx, Owned owned, Standing standing, Instant now) {
        User user = owned.user();
        String id = owned.address().id();
        claimed(() -> AccountEmailAddressStore.setStanding(tx, user.id(), id, standing, now));
        if (standing.isClaim() && user.primaryEmailAddressId().isEmpty())
            AccountEmailAddressStore.setPrimary(tx, user.id(), Optional.of(id), now);
        if (!standing.isClaim() && user.isPrimaryEmailAddress(id))
            AccountEmailAddressStore.setPrimary(tx, user.id(), another(user, id), now);
    }

    private static Optional<String> another(User user, String id) {
        return user.emailAddresses().stream()
                .filter(one -> one.canSignIn() && !one.id().equals(id))
                .map(EmailAddress::id)
                .findFirst();
    }

    /** Takes an address away; the oldest one left is the primary one from then on. */
    public void remove(WriteTx tx, Owned owned, Instant now) {
        User user = owned.user();
        String id = owned.address().id();
        if (owned.address().canSignIn() && !user.hasIdentifierBesides(id)) throw UserErrors.lastIdentification();
        AccountEmailAddressStore.delete(tx, user.id(), id);
        if (user.isPrimaryEmailAddress(id)) AccountEmailAddressStore.setPrimary(tx, user.id(), another(user, id), now);
    }

    /** Puts one address in the place of all that the user has. */
    public String replaceAll(WriteTx tx, Instance instance, User user, String text, Standing standing, Instant now) {
        AccountEmailAddressStore.deleteAll(tx, user.id());
        AccountEmailAddressStore.setPrimary(tx, user.id(), Optional.empty(), now);
        User bare = accounts.get(tx, instance, user.id());
        String id = add(tx, instance, bare, text, standing, false, now);
        AccountEmailAddressStore.setPrimary(tx, user.id(), Optional.of(id), now);
        return id;
    }

    /** Makes an address of the user's own the primary one.
     *
     * @throws dev.usher.http.Refusal when the user has no such address that can be signed in with
     */
    public void makePrimary(WriteTx tx, User user, String id, Instant now) {
        boolean fits = user.emailAddress(id).filter(EmailAddress::canSignIn).isPresent();
        if (!fits) throw Errors.resourceOfFormNotFound("primary_email_address_id");
        AccountEmailAddressStore.setPrimary(tx, user.id(), Optional.of(id), now);
    }
}
