package dev.usher.user;

import dev.usher.base.Ids;
import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes users of another server in, whole or not at all. */
public final class UserImport {
    private static final String STRATEGY = "admin";

    private final Ids ids;

    public UserImport(Ids ids) {
        this.ids = ids;
    }

    /** What became of one user. */
    public sealed interface Outcome {
        /** It is here now. */
        record Added(String id) implements Outcome {}

        /** It was here already, and is as it was. */
        record Present(String id) implements Outcome {}

        /** It cannot be taken in. */
        record Refused(String reason) implements Outcome {}
    }

    /** Takes a user in. Nothing is written for one that is refused. */
    public Outcome admit(WriteTx tx, Instance instance, ImportedUser user, Instant now) {
        Optional<String> present = present(tx, instance, user);
        if (present.isPresent()) return new Outcome.Present(present.get());
        Optional<String> reason = conflict(tx, instance, user);
        return reason.<Outcome>map(Outcome.Refused::new).orElseGet(() -> add(tx, instance, user, now));
    }

    /** A user is known by the id that is kept, else by the id that it had. */
    private static Optional<String> present(Tx tx, Instance instance, ImportedUser user) {
        return user.id().isPresent()
                ? user.id().filter(id -> ImportedUserStore.exists(tx, instance.id(), id))
                : user.externalId().flatMap(id -> ImportedUserStore.byExternalId(tx, instance.id(), id));
    }

    private static Optional<String> conflict(Tx tx, Instance instance, ImportedUser user) {
        String instanceId = instance.id();
        if (user.externalId()
                .flatMap(id -> ImportedUserStore.byExternalId(tx, instanceId, id))
                .isPresent()) return Optional.of("the external id belongs to another user");
        if (user.username()
                .flatMap(name -> ImportedUserStore.byUsername(tx, instanceId, name))
                .isPresent()) return Optional.of("the username belongs to another user");
        boolean emailTaken = verified(user.emailAddresses())
                .anyMatch(text -> EmailAddressStore.owner(tx, instanceId, text).isPresent());
        if (emailTaken) return Optional.of("an e-mail address belongs to another user");
        boolean phoneTaken = verified(user.phoneNumbers())
                .anyMatch(text -> PhoneNumberStore.owner(tx, instanceId, text).isPresent());
        return phoneTaken ? Optional.of("a phone number belongs to another user") : Optional.empty();
    }

    private static java.util.stream.Stream<String> verified(List<ImportedUser.Identifier> identifiers) {
        return identifiers.stream().filter(ImportedUser.Identifier::verified).map(ImportedUser.Identifier::text);
    }

    private Outcome add(WriteTx tx, Instance instance, ImportedUser user, Instant now) {
        Instant created = user.createdAt().orElse(now);
        String id = user.id().orElseGet(() -> ids.next("user", created));
        boolean inserted = ImportedUserStore.insert(tx, instance.id(), id, user, created, now);
        if (!inserted) return new Outcome.Refused("the id belongs to a user of another instance");
        Proof proof = Proof.of(STRATEGY, created);
        for (ImportedUser.Identifier one : user.emailAddresses().reversed()) {
            String emailId = ids.next("idn", created);
            EmailAddressStore.insert(
                    tx, instance.id(), id, emailId, one.text(), one.verified() ? proof : Proof.NONE, created);
            if (one.verified()) ImportedUserStore.setPrimaryEmailAddress(tx, id, emailId);
        }
        for (ImportedUser.Identifier one : user.phoneNumbers().reversed()) {
            String phoneId = ids.next("idn", created);
            PhoneNumberStore.insert(
                    tx, instance.id(), id, phoneId, one.text(), one.verified() ? proof : Proof.NONE, created);
            if (one.verified()) ImportedUserStore.setPrimaryPhoneNumber(tx, id, phoneId);
        }
        return new Outcome.Added(id);
    }
}
