package dev.usher.app;

import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.organization.ActiveOrganizations;
import dev.usher.session.Session;
import dev.usher.token.Crypto;
import dev.usher.token.KeyRing;
import dev.usher.token.ReadyTemplates;
import dev.usher.token.TemplatePreview;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The parts of a server that show tokens, over a data folder that a running server may own. */
final class TemplateTrial implements AutoCloseable {
    private final OpenData data;
    private final Instance instance;
    private final Users users;
    private final TemplatePreview preview;

    private TemplateTrial(OpenData data, Instant now) {
        this.data = data;
        this.instance = data.instance();
        this.users = new Users(data.ids());
        KeyRing keys = KeyRing.open(data.store(), instance, data.vault(), Crypto.jdk(), System::nanoTime, now);
        this.preview = new TemplatePreview(data.store(), users, new ReadyTemplates(data.vault()), keys, data.ids());
    }

    static TemplateTrial open(Config config, Instant now) {
        return new TemplateTrial(OpenData.reading(config), now);
    }

    TemplatePreview preview() {
        return preview;
    }

    /** A user as somebody who has just signed in.
     *
     * @param idOrAddress the user's id or e-mail address
     */
    TemplatePreview.Sample sample(String idOrAddress, Optional<String> organization, Instant now) {
        User user = data.store()
                .read(tx -> users.find(tx, instance, idOrAddress)
                        .or(() -> users.findByEmailAddress(tx, instance, idOrAddress.toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> new IllegalStateException("there is no user " + idOrAddress));
        Optional<ActiveOrganization> active = organization.map(wanted -> membership(user, wanted));
        Session session = Session.sample(data.ids().next("sess", now), instance, user.id(), now);
        return new TemplatePreview.Sample(instance, session, active);
    }

    private ActiveOrganization membership(User user, String wanted) {
        return data.store()
                .read(tx -> ActiveOrganizations.find(tx, instance.id(), user.id(), wanted))
                .orElseThrow(() -> new IllegalStateException("the user is no member of an organization " + wanted));
    }

    @Override
    public void close() throws Exception {
        data.close();
    }
}
