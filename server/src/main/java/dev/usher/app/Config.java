package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.delivery.Sender;
import dev.usher.delivery.SmtpMailer;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.PostgresStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an operator may set, read once at start.
 *
 * @param publicUrl the origin under which browsers reach this server; empty in development means the address listened on
 * @param data the folder of the database; empty keeps everything in memory, or in PostgreSQL
 * @param masterKey base64 of 32 bytes; empty in development means the one kept in the data folder
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
        Map<String, String> effective) {

    /**
     * The instance of this process.
     *
     * @param name tells instances in one database apart
     */
    record InstanceConfig(
            String name, Optional<String> frontendApiHost, Optional<Secret> secretKey, Settings settings) {}

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

    /** The instance as it is declared. */
    Instances.Declared declared() {
        return new Instances.Declared(
                instance.name(),
                isDevelopment,
                instance.frontendApiHost(),
                publicUrl.orElse("http://localhost:" + port),
                instance.secretKey(),
                instance.settings());
    }
}
