package dev.usher.app;

import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a restored database must not bring back to life: whoever was signed out, whatever was spent or taken back after the
 * backup would be there again. All of it on one page; a test asks of each new table on which side it stands.
 */
final class AfterRestoreStore {
    /** By table. Everything else in the database stays as it was. */
    static final Map<String, String> VOIDED = statements();

    private AfterRestoreStore() {}

    private static Map<String, String> statements() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("session", """
                update session set closed_status = 'revoked', closed_at = :now, updated_at = :now
                where closed_status is null
                """);
        all.put("sign_in", "delete from sign_in");
        all.put("sign_up", "delete from sign_up");
        all.put("verification", "update verification set expire_at = :now where expire_at > :now");
        all.put("email_link", "delete from email_link");
        all.put("challenge", "update challenge set used_at = :now where used_at is null");
        all.put("backup_code", "update backup_code set used_at = :now where used_at is null");
        all.put("reverification", "delete from reverification");
        all.put("handshake", "delete from handshake");
        all.put("refresh_token", "delete from refresh_token");
        all.put("dev_browser", "delete from dev_browser");
        all.put("organization_invitation", """
                update organization_invitation set status = 'revoked', updated_at = :now where status = 'pending'
                """);
        all.put("user_invitation", """
                update user_invitation set status = 'revoked', updated_at = :now where status = 'pending'
                """);
        all.put("entry_token", """
                update entry_token set status = 'revoked', updated_at = :now where status = 'pending'
                """);
        all.put("outbox", """
                update outbox set given_up_at = :now, next_attempt_at = null, subject = '', sealed_body = ''
                where next_attempt_at is not null
                """);
        all.put("webhook_delivery", """
                update webhook_delivery set given_up_at = :now, next_attempt_at = null where next_attempt_at is not null
                """);
        all.put("lease", "delete from lease");
        return all;
    }

    /** Tells how many rows of each table were changed. */
    static Map<String, Integer> run(WriteTx tx, Instant now) {
        Map<String, Integer> changed = new LinkedHashMap<>();
        VOIDED.forEach((table, sql) -> {
            var update = tx.update(sql);
            if (sql.contains(":now")) update.bind("now", now.toEpochMilli());
            changed.put(table, update.execute());
        });
        return changed;
    }
}
