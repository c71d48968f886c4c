package dev.usher.app;

import dev.usher.instance.Instance;
import dev.usher.organization.OrganizationRoom;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.user.Users;
import dev.usher.webhook.Endpoints;
import dev.usher.webhook.Subjects;
import dev.usher.webhook.Webhooks;
import java.time.Instant;
import java.util.List;

/** What tells apps of events, put together. */
final class WebhookParts {
    private static final int GROUP = 500;

    private final Ground ground;
    private final Webhooks webhooks;

    WebhookParts(Ground ground) {
        this.ground = ground;
        this.webhooks = new Webhooks(
                ground.vault(),
                ground.ids(),
                ground.randomness(),
                ground.config().webhooks().settings());
    }

    Webhooks webhooks() {
        return webhooks;
    }

    /** Brings what is declared, and sends from now on. */
    AutoCloseable open(Users users, Sessions sessions, OrganizationRoom organizations) {
        List<Instance> instances = ground.instances().all();
        List<Config.InstanceConfig> declared = ground.config().instances();
        for (int i = 0; i < declared.size(); i++)
            declare(instances.get(i), declared.get(i).webhooks());
        var site = new Webhooks.Site(ground.store(), ground.instances()::all, ground.clock());
        return webhooks.open(
                site,
                new Subjects(
                        users,
                        sessions,
                        organizations,
                        ground.config().webhooks().senders()));
    }

    private void declare(Instance instance, List<Endpoints.Draft> drafts) {
        ground.store().change(tx -> webhooks.endpoints().declare(tx, instance.id(), drafts, ground.now()));
    }

    /** Tells of sessions that came to their end by themselves, where somebody wants to hear of it. */
    void tellExpired(Sessions sessions, Instant now) {
        Store store = ground.store();
        for (Instance instance : ground.instances().all()) {
            boolean told = store.read(tx -> webhooks.tellsExpiry(tx, instance));
            while (told) told = store.write(tx -> sessions.tellExpired(tx, instance, now, GROUP)) == GROUP;
        }
    }
}
