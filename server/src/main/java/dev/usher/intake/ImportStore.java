package dev.usher.intake;

import dev.usher.base.Json;
import dev.usher.store.Rows;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tables {@code import_run} and {@code import_refusal}. */
final class ImportStore {
    private ImportStore() {}

    static Optional<ImportRun> find(Tx tx, String instanceId, String fingerprint) {
        return tx.query("select * from import_run where instance_id = :instance and fingerprint = :fingerprint")
                .bind("instance", instanceId)
                .bind("fingerprint", fingerprint)
                .map((row, context) -> run(row))
                .findOne();
    }

    private static ImportRun run(ResultSet row) throws SQLException {
        Map<String, Long> leftOut = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one :
                Json.parse(row.getString("left_out")).properties())
            leftOut.put(one.getKey(), one.getValue().longValue());
        return new ImportRun(
                row.getString("id"),
                row.getLong("records"),
                row.getLong("added"),
                row.getLong("present"),
                row.getLong("refused"),
                leftOut,
                Rows.maybeInstant(row, "finished_at"));
    }

    /** Begins anew with the first record. */
    static void start(WriteTx tx, String instanceId, String fingerprint, ImportRun run, Instant now) {
        tx.update("delete from import_run where instance_id = :instance and fingerprint = :fingerprint")
                .bind("instance", instanceId)
                .bind("fingerprint", fingerprint)
                .execute();
        tx.update("""
                insert into import_run (id, instance_id, fingerprint, started_at, updated_at)
                values (:id, :instance, :fingerprint, :now, :now)
                """)
                .bind("id", run.id())
                .bind("instance", instanceId)
                .bind("fingerprint", fingerprint)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void advance(WriteTx tx, ImportRun run, Instant now) {
        ObjectNode leftOut = Json.object();
        run.leftOut().forEach(leftOut::put);
        tx.update("""
                update import_run set records = :records, added = :added, present = :present, refused = :refused,
                    left_out = :left_out, updated_at = :now
                where id = :id
                """)
                .bind("id", run.id())
                .bind("records", run.records())
                .bind("added", run.added())
                .bind("present", run.present())
                .bind("refused", run.refused())
                .bind("left_out", Json.text(leftOut))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void finish(WriteTx tx, ImportRun run, Instant now) {
        tx.update("update import_run set finished_at = :now, updated_at = :now where id = :id")
                .bind("id", run.id())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void refuse(WriteTx tx, String runId, ImportRun.Refused refused) {
        tx.update("""
                insert into import_refusal (run_id, record, line, user_id, reason)
                values (:run, :record, :line, :user, :reason)
                """)
                .bind("run", runId)
                .bind("record", refused.record())
                .bind("line", refused.line())
                .bind("user", refused.userId().orElse(null))
                .bind("reason", refused.reason())
                .execute();
    }

    static List<ImportRun.Refused> refused(Tx tx, String runId, long afterRecord, int limit) {
        return tx.query("""
                select record, line, user_id, reason from import_refusal
                where run_id = :run and record > :after order by record limit :limit
                """)
                .bind("run", runId)
                .bind("after", afterRecord)
                .bind("limit", limit)
                .map((row, context) -> new ImportRun.Refused(
                        row.getLong("record"),
                        row.getLong("line"),
                        Rows.maybeText(row, "user_id"),
                        row.getString("reason")))
                .list();
    }
}
