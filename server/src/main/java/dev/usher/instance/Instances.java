package dev.usher.instance;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.http.Errors;
import dev.usher.http.Site;
import dev.usher.http.Sites;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The instances of this process, with nothing shared between them. */
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

    /** An instance as it is served, and the key to show to whoever starts this server. */
    private record Served(CurrentInstance current, Secret secretKey) {
        Instance get() {
            return current.get();
        }

        /** Whether a browser means this instance when it calls this host. */
        boolean answersTo(String host) {
            return host.equalsIgnoreCase(get().frontendApiHost())
                    || host.replaceFirst(":\\d+$", "").equalsIgnoreCase(get().frontendApiHost())
                    || get().publicUrl().replaceFirst("^https?://", "").equalsIgnoreCase(host);
        }
    }

    private final Store store;
    private final Map<String, Served> served;

    private Instances(Store store, Map<String, Served> served) {
        this.store = store;
        this.served = served;
    }

    /** Opens a single instance. */
    public static Instances open(
            Store store, Declared declared, Vault vault, Ids ids, Randomness randomness, Instant now) {
        return open(store, List.of(declared), vault, ids, randomness, now);
    }

    /** Opens the declared instances, each created with its keys when the database has none of that name yet. */
    public static Instances open(
            Store store, List<Declared> all, Vault vault, Ids ids, Randomness randomness, Instant now) {
        return store.write(tx -> {
            Map<String, Served> served = new LinkedHashMap<>();
            for (Declared declared : all) {
                Served one = new Opening(store, declared, vault, ids, randomness, now).run(tx);
                served.put(one.get().id(), one);
            }
            return new Instances(store, Collections.unmodifiableMap(served));
        });
    }

    /** The declared instance for a command, which leaves the keys of servers as they are. */
    public static Instance openForCommand(
            Store store, Declared declared, Vault vault, Ids ids, Randomness randomness, Instant now) {
        var opening = new Opening(store, declared, vault, ids, randomness, now);
        return store.write(tx -> opening.current(tx).get());
    }

    /** The declared instance for a command that only reads.
     *
     * @throws IllegalStateException when the database has none of that name and environment
     */
    public static Instance read(Store store, Declared declared) {
        return store.read(tx -> {
            var row = InstanceStore.find(tx, declared.name())
                    .orElseThrow(() -> new IllegalStateException(
                            "the data folder holds no instance of the name " + declared.name()));
            requireEnvironment(row, declared);
            return CurrentInstance.changed(instance(row, declared), InstanceStore.changedSettings(tx, row.id()));
        });
    }

    private static void requireEnvironment(InstanceStore.Row row, Declared declared) {
        if (row.isDevelopment() != declared.isDevelopment())
            throw new IllegalStateException("the data folder holds a " + row.environment() + " instance");
    }

    private static Instance instance(InstanceStore.Row row, Declared declared) {
        String host = declared.frontendApiHost().orElse(row.frontendApiHost());
        return new Instance(row.id(), declared.isDevelopment(), host, declared.publicUrl(), declared.settings());
    }

    private record Opening(Store store, Declared declared, Vault vault, Ids ids, Randomness randomness, Instant now) {
        Served run(WriteTx tx) {
            CurrentInstance current = current(tx);
            return new Served(current, secretKey(tx, current.get().id()));
        }

        CurrentInstance current(WriteTx tx) {
            var row = InstanceStore.find(tx, declared.name()).orElseGet(() -> create(tx));
            requireEnvironment(row, declared);
            return new CurrentInstance(
                    store, instance(row, declared), InstanceStore.changedSettings(tx, row.id()), now);
        }

        private Secret secretKey(WriteTx tx, String instanceId) {
            SecretKeys keys = new SecretKeys(ids, randomness);
            keys.declare(tx, instanceId, declared.secretKey(), now);
            return declared.secretKey().orElseGet(() -> keys.own(tx, instanceId, vault, now));
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
    }

    /** Every instance, in the order of the configuration. */
    public List<Instance> all() {
        return served.values().stream().map(Served::get).toList();
    }

    private Served first() {
        return served.values().iterator().next();
    }

    /** The first instance, most often the only one. */
    public Instance instance() {
        return first().get();
    }

    /** The first instance's key, to show to whoever starts this server. */
    public Secret secretKey() {
        return first().secretKey();
    }

    /** Changes the instance's settings, over those that the configuration declares; they hold when this returns. */
    public Instance change(Instance instance, UnaryOperator<ChangedSettings> change, Instant now) {
        Served one = served.get(instance.id());
        if (one == null) throw new IllegalArgumentException("not served: " + instance.id());
        return one.current().change(change, now);
    }

    /**
     * One instance answers under every name. Of several, each answers under its own names alone, and the first one, when it is
     * for development, under those of this machine too.
     */
    @Override
    public Site forFrontend(String host, Instant now) {
        if (served.size() == 1) return first().current().get(now);
        return served.values().stream()
                .filter(one -> one.answersTo(host))
                .findFirst()
                .or(() -> Optional.of(first()).filter(one -> one.get().isDevelopment() && isThisMachine(host)))
                .orElseThrow(Errors::hostInvalid)
                .current()
                .get(now);
    }

    private static boolean isThisMachine(String host) {
        return host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    }

    /** Asks the database each time: a key that was revoked a moment ago, by whatever process, is refused. */
    @Override
    public Optional<Site> forSecretKey(Secret shown, Instant now) {
        record Found(SecretKey key, Instance instance) {}
        Optional<Found> found = store.read(tx -> SecretKeyStore.instanceOf(tx, shown.hash())
                .flatMap(id -> Optional.ofNullable(served.get(id)))
                .flatMap(one -> SecretKeys.valid(tx, one.get().id(), shown)
                        .map(key -> new Found(key, one.current().in(tx)))));
        found.map(Found::key)
                .filter(key -> SecretKeys.isUseNews(key, now))
                .ifPresent(key -> store.change(tx -> SecretKeyStore.used(tx, key.id(), now)));
        return found.map(Found::instance);
    }
}
