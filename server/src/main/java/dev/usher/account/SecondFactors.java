package dev.usher.account;

import dev.usher.factor.BackupCodes;
import dev.usher.factor.Totp;
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
    private final Totp totp;
    private final BackupCodes backupCodes;

    SecondFactors(Store store, SignedIn signedIn, Users users, Totp totp, BackupCodes backupCodes) {
        this.store = store;
        this.signedIn = signedIn;
        this.users = users;
        this.totp = totp;
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
     */
    List<String> changed(WriteTx tx, Exchange exchange, String userId, Optional<BackupCodes.Made> made) {
        Instance instance = Instance.of(exchange);
        boolean hasTotp = totp.isVerified(tx, userId);
        boolean hadCodes = backupCodes.exist(tx, userId);
        note(tx, exchange, userId, hasTotp, hadCodes);
        User user = users.find(tx, instance, userId).orElseThrow();
        if (!user.hasSecondFactor()) backupCodes.remove(tx, userId);
        boolean adds = user.hasSecondFactor() && !hadCodes && made.isPresent();
        if (adds) backupCodes.save(tx, userId, made.get());
        note(tx, exchange, userId, hasTotp, adds || (hadCodes && user.hasSecondFactor()));
        return adds ? made.get().codes() : List.of();
    }

    private void note(WriteTx tx, Exchange exchange, String userId, boolean hasTotp, boolean hasCodes) {
        users.secondFactorsChanged(tx, Instance.of(exchange), userId, hasTotp, hasCodes, exchange.now());
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
            note(tx, exchange, user.id(), user.secondFactors().totp(), true);
        });
        return made;
    }
}
