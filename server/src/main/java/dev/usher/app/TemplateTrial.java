package dev.usher.app;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.organization.ActiveOrganization;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.session.Session;
import dev.usher.store.ReadOnlyStore;
import dev.usher.store.Store;
import dev.usher.token.Crypto;
import dev.usher.token.KeyRing;
import dev.usher.token.ReadyTemplates;
import dev.usher.token.TemplatePreview;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The parts of a server that show tokens, over a data folder that another process may own. */
final class TemplateTrial implements AutoCloseable {
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Users users = new Users(ids);
    private final Store store;
    private final Instance instance;
    private final TemplatePreview preview;

    private TemplateTrial(Config config, Path folder, Store store, Instant now) {
        this.store = store;
        this.instance = store.read(tx -> Instances.find(tx, config.declared()))
                .orElseThrow(() -> new IllegalStateException("no server was started with the instance "
                        + config.instance().name() + " of this data folder yet"));
        Secret masterKey = config.masterKey().orElseGet(() -> DataFolder.keptMasterKey(folder));
        Vault vault = new Vault(Base64.getDecoder().decode(masterKey.reveal()), randomness);
        KeyRing keys = KeyRing.open(store, instance, vault, Crypto.jdk(), System::nanoTime, now);
        this.preview = new TemplatePreview(store, users, new ReadyTemplates(vault), keys, ids);
    }

    static TemplateTrial open(Config config, Instant now) {
        Path folder = config.data().orElseThrow(() -> new IllegalStateException("there is no data folder"));
        Store store = ReadOnlyStore.open(DataFolder.database(folder));
        try {
            return new TemplateTrial(config, folder, store, now);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    TemplatePreview preview() {
        return preview;
    }

    /** A user as somebody who has just signed in.
     *
     * @param idOrAddress the user's id or e-mail address
     */
    TemplatePreview.Sample sample(String idOrAddress, Optional<String> organization, Instant now) {
        User user = store.read(tx -> users.find(tx, instance, idOrAddress)
                        .or(() -> users.findByEmailAddress(tx, instance, idOrAddress.toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> new IllegalStateException("there is no user " + idOrAddress));
        Optional<ActiveOrganization> active = organization.map(wanted -> membership(user, wanted));
        Session session = Session.sample(ids.next("sess", now), instance, user.id(), now);
        return new TemplatePreview.Sample(instance, session, active);
    }

    private ActiveOrganization membership(User user, String wanted) {
        return store.read(tx -> ActiveOrganizations.find(tx, instance.id(), user.id(), wanted))
                .orElseThrow(() -> new IllegalStateException("the user is no member of an organization " + wanted));
    }

    @Override
    public void close() {
        store.close();
    }
}
