package dev.usher.http;

/** The refusals around organizations, by their published codes and statuses. */
public final class OrganizationErrors {
    private OrganizationErrors() {}

    /** Said of unknown organizations and of those of strangers alike, so that nobody learns which exist. */
    public static Refusal notFoundOrUnauthorized() {
        return new Refusal(
                404,
                "organization_not_found_or_unauthorized",
                "not found",
                "The organization does not exist, or you are not a member of it.");
    }
}
