package dev.usher.user;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What servers have set for one account. An empty value leaves the matter to the instance's settings.
 *
 * @param privateMetadata never shown to the person
 * @param createOrganizationsLimit how many organizations the user may make, 0 for any number
 * @param bypassClientTrust whether the user is spared the check of new devices
 * @param passwordCompromised whether the present password opens nothing any longer
 */
public record AccountTerms(
        JsonNode privateMetadata,
        Optional<String> locale,
        Optional<Instant> legalAcceptedAt,
        Optional<Boolean> deleteSelf,
        Optional<Boolean> createOrganization,
        Optional<Integer> createOrganizationsLimit,
        boolean bypassClientTrust,
        boolean passwordCompromised) {}
