package dev.usher.app;

import dev.usher.instance.Instance;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.webhook.Endpoint;
import dev.usher.webhook.Webhooks;
import java.util.List;
import java.util.function.BiFunction;

/** The data of an instance, opened for commands about webhooks. */
final class WebhookData implements AutoCloseable {
    private final OpenData data;
    private final Webhooks webhooks;

    private WebhookData(Config config) {
        data = OpenData.beside(config);
        webhooks = new Webhooks(
                data.vault(), data.ids(), data.randomness(), config.webhooks().settings());
    }

    static WebhookData open(DataOptions options) {
        return new WebhookData(options.read());
    }

    Instance instance() {
        return data.instance();
    }

    Webhooks webhooks() {
        return webhooks;
    }

    List<Endpoint> endpoints() {
        return read((tx, room) -> room.endpoints().list(tx, instance().id()));
    }

    Endpoint endpoint(String id) {
        return read((tx, room) -> room.endpoints().find(tx, instance().id(), id))
                .orElseThrow(() -> new IllegalStateException("there is no endpoint " + id));
    }

    <T> T read(BiFunction<Tx, Webhooks, T> work) {
        return data.store().read(tx -> work.apply(tx, webhooks));
    }

    <T> T write(BiFunction<WriteTx, Webhooks, T> work) {
        return data.store().write(tx -> work.apply(tx, webhooks));
    }

    @Override
    public void close() throws Exception {
        data.close();
    }
}
