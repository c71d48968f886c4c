package dev.usher.factor;

import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many codes are compared for one user, and for one address or number, over all routes together: so many wrong ones in a
 * row, then none until a pause has passed. A try is counted before anybody looks at it, and given back when it was right.
 */
final class CodeBudget {
    private static final String CLAIM = """
            insert into code_budget (instance_id, subject, wrong, last_at) values (:instance, :subject, 1, :now)
            on conflict (instance_id, subject) do update set
                wrong = case when code_budget.last_at <= :anew then 1 else code_budget.wrong + 1 end,
                last_at = excluded.last_at
            where code_budget.wrong < :most or code_budget.last_at <= :anew
            """;

    private CodeBudget() {}

    static String user(String id) {
        return "user:" + id;
    }

    /**
     * What the tries of a code that was sent are counted for, always in this order, so that no two of them wait for each other.
     * As many for nobody as for somebody.
     *
     * @param recipient empty for a code that was sent before there were budgets
     */
    static List<String> sent(Optional<String> userId, Optional<String> recipient) {
        return recipient.stream()
                .flatMap(to -> Stream.of(userId.map(CodeBudget::user).orElse("nobody:" + to), "to:" + to))
                .toList();
    }

    /** Counts a try; false when none is left, and the code must not be looked at. */
    static boolean claim(WriteTx tx, Instance instance, String subject, Instant now) {
        Settings.Codes settings = instance.settings().codes();
        return tx.update(CLAIM)
                        .bind("instance", instance.id())
                        .bind("subject", subject)
                        .bind("now", now.toEpochMilli())
                        .bind("anew", now.minus(settings.pause()).toEpochMilli())
                        .bind("most", settings.tries())
                        .execute()
                == 1;
    }

    /** Counts a try for all of them, or for none. */
    static boolean claim(WriteTx tx, Instance instance, List<String> subjects, Instant now) {
        for (int i = 0; i < subjects.size(); i++)
            if (!claim(tx, instance, subjects.get(i), now)) {
                subjects.subList(0, i).forEach(claimed -> giveBack(tx, instance, claimed));
                return false;
            }
        return true;
    }

    /** The code was right, or nobody has looked at it. */
    static void giveBack(WriteTx tx, Instance instance, String subject) {
        tx.update("""
                update code_budget set wrong = wrong - 1
                where instance_id = :instance and subject = :subject and wrong > 0
                """).bind("instance", instance.id()).bind("subject", subject).execute();
    }

    /** Every factor of the account was proved. */
    static void forget(WriteTx tx, Instance instance, String subject) {
        tx.update("delete from code_budget where instance_id = :instance and subject = :subject")
                .bind("instance", instance.id())
                .bind("subject", subject)
                .execute();
    }

    /** Forgets what no pause of any instance reaches back to. */
    static int sweep(WriteTx tx, Instant now) {
        return tx.update("delete from code_budget where last_at < :before")
                .bind("before", now.minus(Settings.Codes.LONGEST_PAUSE).toEpochMilli())
                .execute();
    }
}
