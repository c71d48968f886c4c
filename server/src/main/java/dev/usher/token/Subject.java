package dev.usher.token;

import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.Session;
import java.util.Optional;

/**
 * Whom a token is about.
 *
 * @param origin under which browsers reach this server
 * @param platform where its request came from: {@code web} or {@code native}
 */
record Subject(
        Instance instance,
        Session session,
        Optional<ActiveOrganization> organization,
        String origin,
        String platform) {}
