package dev.usher.account;

import dev.usher.factor.BackupCodes;
import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.util.List;
import java.util.Optional;

/** What follows from a change of second factors: the first one brings backup codes, and the last one takes them along. */
final class SecondFactors {
    private final Store store;
    private final SignedIn signedIn;
    private final Users users;
    private final UserSecondFactors kept;
    private final BackupCodes backupCodes;

    SecondFactors(Store store, SignedIn signedIn, Users users, UserSecondFactors kept, BackupCodes backupCodes) {
        this.store = store;
        this.signedIn = signedIn;
        this.users = users;
        this.kept = kept;
        this.backupCodes = backupCodes;
    }

    /** Codes for somebody who has none; hashed before the transaction that saves them. */
    Optional<BackupCodes.Made> firstCodes(Exchange exchange) {
        boolean wanted = Instance.of(exchange).settings().factors().backupCodes()
                && !store.read(tx -> signedIn.user(tx, exchange))
                        .secondFactors()
                        .backupCodes();
        return wanted ? Optional.of(backupCodes.make(exchange.now())) : Optional.empty();
    }

    /** Settles the account after a change.
     *
     * @param made codes to keep where there is a second factor and there are no codes yet
     * @return the codes that were kept, for their owner alone
     * @throws dev.usher.http.Refusal when the last one would go where everybody needs one
     */
    List<String> changed(WriteTx tx, Exchange exchange, String userId, Optional<BackupCodes.Made> made) {
        Instance instance = Instance.of(exchange);
        User before = users.find(tx, instance, userId).orElseThrow();
        kept.settle(tx, instance, userId, exchange.now());
        User user = users.find(tx, instance, userId).orElseThrow();
        boolean hadOne = before.secondFactors().enabledAt().isPresent();
        if (hadOne && !user.hasSecondFactor() && instance.settings().factors().secondFactorRequired())
            throw FactorErrors.lastSecondFactorStays();
        if (made.isEmpty() || !user.hasSecondFactor() || user.secondFactors().backupCodes()) return List.of();
        backupCodes.save(tx, userId, made.get());
        kept.settle(tx, instance, userId, exchange.now());
        return made.get().codes();
    }

    /** Replaces the backup codes by a new set. */
    BackupCodes.Made newCodes(Exchange exchange) {
        if (!Instance.of(exchange).settings().factors().backupCodes()) throw FactorErrors.backupCodesNotAvailable();
        User before = store.read(tx -> signedIn.provedUser(tx, exchange));
        if (!before.hasSecondFactor()) throw FactorErrors.backupCodesNotAvailable();
        BackupCodes.Made made = backupCodes.make(exchange.now());
        store.change(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            if (!user.hasSecondFactor()) throw FactorErrors.backupCodesNotAvailable();
            backupCodes.save(tx, user.id(), made);
            kept.settle(tx, Instance.of(exchange), user.id(), exchange.now());
        });
        return made;
    }
}
