package dev.usher.factor;

import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.store.Rows;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts attempts to prove a factor, all factors and routes together, and locks the account when too many in a row failed.
 * An attempt is counted as failed before anybody looks at it, and given back when it was right; the count starts anew when
 * every factor of the account was proved.
 */
final class Guesses {
    private static final String CLAIM = """
            update user_account set
                failed_attempts = case when locked then 1 else failed_attempts + 1 end,
                locked = case when locked then false else failed_attempts + 1 >= :most end,
                locked_until = case when not locked and failed_attempts + 1 >= :most then cast(:until as bigint) end
            where id = :id and instance_id = :instance and (not locked or locked_until <= :now)
            returning failed_attempts
            """;
    private static final String GIVE_BACK = """
            update user_account set
                failed_attempts = failed_attempts - 1,
                locked = case when failed_attempts >= :most then false else locked end,
                locked_until = case when failed_attempts >= :most then null else locked_until end
            where id = :id and failed_attempts > 0
            """;
    private static final String FORGET = """
            update user_account set failed_attempts = 0,
                locked = case when failed_attempts >= :most then false else locked end,
                locked_until = case when failed_attempts >= :most then null else locked_until end
            where id = :id and failed_attempts > 0
            """;

    private Guesses() {}

    /** Counts one attempt; the number of failures in a row with it, or empty when the account is locked. */
    static OptionalInt claim(WriteTx tx, Instance instance, String userId, Instant now) {
        FactorSettings.Lockout settings = instance.settings().factors().lockout();
        Optional<Integer> count = tx.query(CLAIM)
                .bind("id", userId)
                .bind("instance", instance.id())
                .bind("most", most(settings))
                .bind("until", Rows.millis(settings.duration().map(now::plus)))
                .bind("now", now.toEpochMilli())
                .mapTo(Integer.class)
                .findOne();
        return count.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static int most(FactorSettings.Lockout settings) {
        return settings.enabled() ? settings.attempts() : Integer.MAX_VALUE;
    }

    /** The attempt was right: it does not count, and what it locked is open again. */
    static void giveBack(WriteTx tx, Instance instance, String userId) {
        tx.update(GIVE_BACK)
                .bind("id", userId)
                .bind("most", most(instance.settings().factors().lockout()))
                .execute();
    }

    /** Every factor of the account was proved. */
    static void forget(WriteTx tx, Instance instance, String userId) {
        tx.update(FORGET)
                .bind("id", userId)
                .bind("most", most(instance.settings().factors().lockout()))
                .execute();
    }
}
