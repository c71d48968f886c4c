package dev.usher.delivery;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.store.Change;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Messages that were decided and not yet sent; written in the transaction that decides them, sealed at rest. */
public final class Outbox {
    private final Vault vault;
    private final Ids ids;
    private final Set<Channel> kept;
    private final Runnable wakeCourier;

    /**
     * @param kept channels whose messages stay here to be read in the inbox of a development instance, and are not sent
     * @param wakeCourier told when there is something to send
     */
    public Outbox(Vault vault, Ids ids, Set<Channel> kept, Runnable wakeCourier) {
        this.vault = vault;
        this.ids = ids;
        this.kept = Set.copyOf(kept);
        this.wakeCourier = wakeCourier;
    }

    /** A message as the inbox shows it. */
    public record Kept(
            String id,
            Channel channel,
            String to,
            String subject,
            String body,
            Optional<String> code,
            Optional<String> link,
            Instant createdAt) {}

    /** What a witness is told of a message. */
    public record Noted(String instanceId, Message message, Instant at) {}

    /** Adds a message; it is sent after the transaction has committed. */
    public void add(WriteTx tx, String instanceId, Message message, Instant now) {
        String id = ids.next("msg", now);
        tx.note(new Change(message.channel().wire() + ".created", id, new Noted(instanceId, message, now)));
        JsonNode content = Json.object()
                .put("body", message.body())
                .put("code", message.code().orElse(null))
                .put("link", message.link().orElse(null));
        String sealed = vault.seal(Json.bytes(content), id);
        boolean stays = kept.contains(message.channel());
        String subject = vault.seal(message.subject().getBytes(StandardCharsets.UTF_8), subjectLabel(id));
        OutboxStore.insert(tx, new OutboxStore.Fresh(id, instanceId, message, subject, sealed, stays), now);
        if (!stays) tx.afterCommit(wakeCourier);
    }

    /** The newest messages, the newest first. */
    public List<Kept> newest(Tx tx, String instanceId, Optional<String> recipient, int limit) {
        return OutboxStore.newest(tx, instanceId, recipient, limit).stream()
                .map(this::kept)
                .toList();
    }

    private Kept kept(OutboxStore.Row row) {
        JsonNode content = content(row);
        return new Kept(
                row.id(),
                row.channel(),
                row.recipient(),
                subject(row),
                content.path("body").asString(""),
                content.path("code").asStringOpt(),
                content.path("link").asStringOpt(),
                row.createdAt());
    }

    /** The subject of a message, which has the code in it too. */
    String subject(OutboxStore.Row row) {
        if (row.sealedSubject().isEmpty()) return "";
        return new String(vault.open(row.sealedSubject(), subjectLabel(row.id())), StandardCharsets.UTF_8);
    }

    private static String subjectLabel(String id) {
        return id + " subject";
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
    /** How many messages are to be sent. */
    public long waiting(Tx tx) {
        return OutboxStore.waiting(tx);
    }

    public int sweep(WriteTx tx, Instant now) {
        return OutboxStore.sweep(tx, now.minus(Duration.ofDays(7)));
    }
}
