package dev.usher.factor;

import dev.usher.http.FactorErrors;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A user's authenticator app and backup codes, as a server or the account itself changes them. */
public final class UserSecondFactors {
    private final Store store;
    private final Users users;
    private final Totp totp;
    private final BackupCodes backupCodes;

    public UserSecondFactors(Store store, Users users, Totp totp, BackupCodes backupCodes) {
        this.store = store;
        this.users = users;
        this.totp = totp;
        this.backupCodes = backupCodes;
    }

    /** Notes in the account which of them there are. Backup codes go with the last other second factor. */
    public void settle(WriteTx tx, Instance instance, String userId, Instant now) {
        boolean hasTotp = totp.isVerified(tx, userId);
        boolean hasCodes = backupCodes.exist(tx, userId);
        users.secondFactorsChanged(tx, instance, userId, hasTotp, hasCodes, now);
        User user = users.find(tx, instance, userId).orElseThrow();
        if (user.hasSecondFactor() || !hasCodes) return;
        backupCodes.remove(tx, userId);
        users.secondFactorsChanged(tx, instance, userId, hasTotp, false, now);
    }

    /** What a server brings along; hashed already, so that it can be put into a transaction. */
    public record Brought(Optional<String> totpSecret, Optional<BackupCodes.Made> backupCodes) {}

    /** Replaces what the user has of each kind that is brought. */
    public void bring(WriteTx tx, Instance instance, String userId, Brought brought, Instant now) {
        if (brought.totpSecret().isEmpty() && brought.backupCodes().isEmpty()) return;
        brought.totpSecret().ifPresent(secret -> {
            totp.remove(tx, userId);
            totp.admit(tx, userId, secret, now);
        });
        brought.backupCodes().ifPresent(made -> backupCodes.save(tx, userId, made));
        settle(tx, instance, userId, now);
    }

    /** Takes away the authenticator app; false when there is none. */
    public boolean removeTotp(WriteTx tx, Instance instance, String userId, Instant now) {
        boolean removed = totp.remove(tx, userId).isPresent();
        settle(tx, instance, userId, now);
        return removed;
    }

    /** Takes away the backup codes; false when there are none. */
    public boolean removeBackupCodes(WriteTx tx, Instance instance, String userId, Instant now) {
        boolean removed = backupCodes.exist(tx, userId);
        backupCodes.remove(tx, userId);
        settle(tx, instance, userId, now);
        return removed;
    }

    /** What a code turned out to be. */
    public enum CodeType {
        TOTP,
        BACKUP_CODE
    }

    /** Counts a try, looks what the code is, and spends it. Hashes: never inside a transaction.
     *
     * @throws dev.usher.http.Refusal after too many wrong codes in a row
     */
    public Optional<CodeType> spend(Instance instance, String userId, String code, Instant now) {
        String budget = CodeBudget.user(userId);
        if (!store.write(tx -> CodeBudget.claim(tx, instance, budget, now))) throw FactorErrors.codesPaused();
        Optional<CodeType> type =
                spendTotp(userId, code, now) ? Optional.of(CodeType.TOTP) : spendBackupCode(userId, code, now);
        if (type.isPresent()) store.change(tx -> CodeBudget.giveBack(tx, instance, budget));
        return type;
    }

    private boolean spendTotp(String userId, String code, Instant now) {
        return store.write(tx -> totp.find(tx, userId, true)
                .filter(kept -> {
                    OptionalLong step = totp.step(kept, code, now);
                    return step.isPresent() && totp.spend(tx, kept.id(), step.getAsLong(), now);
                })
                .isPresent());
    }

    private Optional<CodeType> spendBackupCode(String userId, String code, Instant now) {
        return store.read(tx -> backupCodes.find(tx, userId))
                .filter(kept -> {
                    String hash = backupCodes.hash(code, kept);
                    return store.write(tx -> backupCodes.spend(tx, kept.id(), hash, now));
                })
                .map(kept -> CodeType.BACKUP_CODE);
    }
}
