package dev.usher.instance;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.http.Site;
import dev.usher.http.Sites;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The instances of this process. So far there is one, which answers for every host. */
public final class Instances implements Sites {
    private static final List<String> FIRST = List.of(
            "amber", "brisk", "calm", "clever", "coral", "dapper", "early", "fleet", "gentle", "golden", "happy",
            "jolly", "keen", "lively", "lucky", "mellow", "merry", "noble", "quiet", "rapid", "ruby", "silver", "sunny",
            "swift", "tidy", "velvet", "vivid", "warm", "wise", "zesty");
    private static final List<String> SECOND = List.of(
            "badger", "beaver", "bison", "crane", "dolphin", "falcon", "finch", "fox", "gecko", "heron", "ibex", "jay",
            "koala", "lark", "lemur", "lynx", "marten", "newt", "otter", "owl", "panda", "puffin", "quail", "raven",
            "robin", "seal", "stork", "swan", "tapir", "wren");

    /** What the configuration declares of an instance. */
    public record Declared(
            String name,
            boolean isDevelopment,
            Optional<String> frontendApiHost,
            String publicUrl,
            Optional<Secret> secretKey,
            Settings settings) {}

    private final Instance instance;
    private final Secret secretKey;

    private Instances(Instance instance, Secret secretKey) {
        this.instance = instance;
        this.secretKey = secretKey;
    }

    /** Opens the declared instance, created with its keys when the database has none of that name yet. */
    public static Instances open(
            Store store, Declared declared, Vault vault, Ids ids, Randomness randomness, Instant now) {
        var opening = new Opening(declared, vault, ids, randomness, now);
        return store.write(opening::run);
    }

    /** The declared instance as the database has it; empty when no server was started with it yet. */
    public static Optional<Instance> find(Tx tx, Declared declared) {
        return InstanceStore.find(tx, declared.name()).map(row -> instance(row, declared));
    }

    private static Instance instance(InstanceStore.Row row, Declared declared) {
        String host = declared.frontendApiHost().orElse(row.frontendApiHost());
        return new Instance(row.id(), declared.isDevelopment(), host, declared.publicUrl(), declared.settings());
    }

    private record Opening(Declared declared, Vault vault, Ids ids, Randomness randomness, Instant now) {
        Instances run(WriteTx tx) {
            var row = InstanceStore.find(tx, declared.name()).orElseGet(() -> create(tx));
            if (row.isDevelopment() != declared.isDevelopment())
                throw new IllegalStateException("the data folder holds a " + row.environment() + " instance");
            return new Instances(
                    instance(row, declared), declared.secretKey().orElseGet(() -> ownSecretKey(tx, row.id())));
        }

        private InstanceStore.Row create(WriteTx tx) {
            String host = declared.frontendApiHost().orElseGet(this::hostThatLeadsNowhere);
            String environment = declared.isDevelopment() ? "development" : "production";
            var row = new InstanceStore.Row(ids.next("ins", now), declared.name(), environment, host);
            InstanceStore.insert(tx, row, now);
            return row;
        }

        /** SDKs take such a name for a development instance's, and it is nobody's server. */
        private String hostThatLeadsNowhere() {
            String words =
                    FIRST.get(randomness.below(FIRST.size())) + "-" + SECOND.get(randomness.below(SECOND.size()));
            return words + "-" + (10 + randomness.below(90)) + ".clerk.accounts.lclclerk.com";
        }

        private Secret ownSecretKey(WriteTx tx, String instanceId) {
            return InstanceStore.sealedSecretKey(tx, instanceId)
                    .map(kept -> Secret.of(new String(vault.open(kept, "secret key"), StandardCharsets.UTF_8)))
                    .orElseGet(() -> newSecretKey(tx, instanceId));
        }

        private Secret newSecretKey(WriteTx tx, String instanceId) {
            Secret made = Secret.of("sk_test_" + randomness.secret().reveal().replaceAll("[-_]", "0"));
            String sealed = vault.seal(made.reveal().getBytes(StandardCharsets.UTF_8), "secret key");
            InstanceStore.insertSecretKey(tx, ids.next("sk", now), instanceId, made.hash(), sealed, now);
            return made;
        }
    }

    /** The instance of this process. */
    public Instance instance() {
        return instance;
    }

    /** The key that servers call the Backend API with. */
    public Secret secretKey() {
        return secretKey;
    }

    @Override
    public Site forFrontend(String host) {
        return instance;
    }

    @Override
    public Optional<Site> forSecretKey(Secret shown) {
        return shown.sameAs(secretKey) ? Optional.of(instance) : Optional.empty();
    }
}
