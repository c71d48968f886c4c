package dev.usher.user;

import dev.usher.http.Given;
import java.time.Instant;

/** What a server asks to be set in an account; an absent value stays as it is, a null one is cleared. */
public record AccountChange(
        Given<String> username,
        Given<String> firstName,
        Given<String> lastName,
        Given<String> externalId,
        Given<String> locale,
        Given<Instant> createdAt,
        Given<Instant> legalAcceptedAt,
        Given<Boolean> deleteSelf,
        Given<Boolean> createOrganization,
        Given<Integer> createOrganizationsLimit,
        Given<Boolean> bypassClientTrust) {}
