package dev.usher.delivery;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Messages that were decided and not yet sent; written in the transaction that decides them, sealed at rest. */
public final class Outbox {
    private final Vault vault;
    private final Ids ids;
    private final boolean kept;
    private final Runnable wakeCourier;

    /**
     * @param kept whether messages stay here to be read in the inbox of a development instance instead of being sent
     * @param wakeCourier told when there is something to send
     */
    public Outbox(Vault vault, Ids ids, boolean kept, Runnable wakeCourier) {
        this.vault = vault;
        this.ids = ids;
        this.kept = kept;
        this.wakeCourier = wakeCourier;
    }

    /** A message as the inbox shows it. */
    public record Kept(String id, String to, String subject, String body, Optional<String> code, Instant createdAt) {}

    /** Adds a message; it is sent after the transaction has committed. */
    public void add(WriteTx tx, String instanceId, Message message, Instant now) {
        String id = ids.next("msg", now);
        JsonNode content = Json.object()
                .put("body", message.body())
                .put("code", message.code().orElse(null));
        String sealed = vault.seal(Json.bytes(content), id);
        OutboxStore.insert(tx, new OutboxStore.Fresh(id, instanceId, message, sealed, kept), now);
        if (!kept) tx.afterCommit(wakeCourier);
    }

    /** The newest messages, the newest first. */
    public List<Kept> newest(Tx tx, String instanceId, Optional<String> recipient, int limit) {
        return OutboxStore.newest(tx, instanceId, recipient, limit).stream()
                .map(this::kept)
                .toList();
    }

    private Kept kept(OutboxStore.Row row) {
        JsonNode content = content(row);
        Optional<String> code = content.path("code").asStringOpt();
        return new Kept(
                row.id(), row.recipient(), row.subject(), content.path("body").asString(""), code, row.createdAt());
    }

    /** The text of a message. */
    String body(OutboxStore.Row row) {
        return content(row).path("body").asString("");
    }

    private JsonNode content(OutboxStore.Row row) {
        if (row.sealedBody().isEmpty()) return Json.object();
        return Json.parse(new String(vault.open(row.sealedBody(), row.id()), StandardCharsets.UTF_8));
    }

    /** Forgets messages that were sent or given up a week ago; tells how many. */
    public int sweep(WriteTx tx, Instant now) {
        return OutboxStore.sweep(tx, now.minus(Duration.ofDays(7)));
    }
}
