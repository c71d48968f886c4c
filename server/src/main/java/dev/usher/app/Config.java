package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.delivery.Sender;
import dev.usher.delivery.SmtpMailer;
import dev.usher.http.Listener;
import dev.usher.http.TrustedProxies;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.PostgresStore;
import dev.usher.webhook.Endpoints;
import dev.usher.webhook.Senders;
import dev.usher.webhook.Webhooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that an operator may set, read once at start.
 *
 * @param publicUrl the origin under which browsers reach this server; empty in development means the address listened on
 * @param data the folder of the database; empty keeps everything in memory, or in PostgreSQL
 * @param masterKey base64 of 32 bytes; empty in development means the one kept in the data folder
 * @param instance the first instance, most often the only one
 * @param effective every key with its value as used, secrets masked
 */
record Config(
        boolean isDevelopment,
        String host,
        int port,
        Optional<String> publicUrl,
        Optional<Path> data,
        Optional<Secret> masterKey,
        InstanceConfig instance,
        Optional<SmtpMailer.Server> mail,
        Optional<Sender> sms,
        HashingConfig hashing,
        StoreConfig store,
        LogConfig log,
        Map<String, String> effective,
        List<InstanceConfig> furtherInstances,
        ListenConfig listen,
        WebhookConfig webhooks,
        ObserveConfig observe) {

    /** Every instance of this process, the first one first. */
    List<InstanceConfig> instances() {
        return Stream.concat(Stream.of(instance), furtherInstances.stream()).toList();
    }

    /**
     * An instance of this process.
     *
     * @param name tells instances in one database apart
     * @param publicUrl the origin under which browsers reach the instance, where it is not the server's
     * @param webhooks the endpoints that are declared for it
     */
    record InstanceConfig(
            String name,
            boolean isDevelopment,
            Optional<String> frontendApiHost,
            Optional<String> publicUrl,
            Optional<Secret> secretKey,
            Settings settings,
            List<Endpoints.Draft> webhooks) {
        InstanceConfig reachedUnder(String url) {
            return new InstanceConfig(
                    name, isDevelopment, frontendApiHost, Optional.of(url), secretKey, settings, webhooks);
        }
    }

    /** The certificate to listen with, and proxies that are trusted by their address. */
    record ListenConfig(Optional<Listener.Certificate> certificate, TrustedProxies trustedProxies) {}

    /** How apps are told of events, and who messages come from. */
    record WebhookConfig(Webhooks.Settings settings, Senders senders) {}

    /**
     * Who may see what this process does.
     *
     * @param metricsPort where Prometheus finds figures; empty means nowhere
     * @param tracesEndpoint where traces are sent by OTLP; empty means nowhere
     */
    record ObserveConfig(
            String metricsHost, Optional<Integer> metricsPort, Optional<String> tracesEndpoint, int tracesPercent) {}

    /** Password hashing: how many at a time, how many may wait, how long. */
    record HashingConfig(int slots, int queue, Duration patience) {}

    /**
     * The database.
     *
     * @param readers connections for reads, queue callers that may wait
     * @param postgres the server that keeps the data; empty means SQLite in the data folder
     */
    record StoreConfig(int readers, int queue, Optional<PostgresStore.Settings> postgres) {}

    /** What is logged, and how. */
    record LogConfig(String level, boolean asJson) {}

    /** The first instance as it is declared. */
    Instances.Declared declared() {
        return declared(instance);
    }

    /** Every instance as it is declared. */
    List<Instances.Declared> allDeclared() {
        return instances().stream().map(this::declared).toList();
    }

    private Instances.Declared declared(InstanceConfig one) {
        String listened = (listen.certificate().isPresent() ? "https" : "http") + "://localhost:" + port;
        return new Instances.Declared(
                one.name(),
                one.isDevelopment(),
                one.frontendApiHost(),
                one.publicUrl().or(() -> publicUrl).orElse(listened),
                one.secretKey(),
                one.settings());
    }
}
