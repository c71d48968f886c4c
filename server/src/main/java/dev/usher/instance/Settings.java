package dev.usher.instance;

import dev.usher.base.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may set for one instance; the defaults are the published ones.
 *
 * @param singleSessionMode whether a client holds one session at a time
 * @param nativeApi whether apps that keep their client token themselves are served
 * @param testMode whether {@code +clerk_test} addresses exist, whose code is 424242 and to which nothing is sent
 * @param allowedOrigins origins of browser pages that may call, besides those of the instance's own domain
 * @param homeUrl where the pages of the app are; empty for Usher's own page
 * @param deleteSelf whether users may delete their own account
 */
public record Settings(
        String applicationName,
        boolean singleSessionMode,
        boolean nativeApi,
        boolean testMode,
        List<String> allowedOrigins,
        Optional<String> homeUrl,
        boolean deleteSelf,
        Lifetimes lifetimes,
        SessionLimits sessionLimits,
        Codes codes,
        PasswordRules passwords,
        Organizations organizations,
        FactorSettings factors,
        Keys keys,
        Tokens tokens) {

    /**
     * How long sessions last; fixed for a session when it is created.
     *
     * @param maximum from creation, 5 minutes to 10 years
     * @param inactivity since the last touch or token, same range
     */
    public record Lifetimes(Optional<Duration> maximum, Optional<Duration> inactivity) {
        public static final Duration SHORTEST = Duration.ofMinutes(5);
        public static final Duration LONGEST = Duration.ofDays(3650);
    }

    /**
     * How many sessions may be open at once. When one more begins, the oldest gives way to it.
     *
     * @param perClient on one client, 0 for any number
     * @param perUser of one user on all clients, 0 for any number; those of people who act as the user are counted apart
     * @param refusesNewest whether the new one is refused instead
     */
    public record SessionLimits(int perClient, int perUser, boolean refusesNewest) {
        public static final int HIGHEST = 1000;
    }

    /**
     * One-time codes.
     *
     * @param validity 1 to 60 minutes
     * @param tries of one code, and wrong ones in a row for one user, or one address or number, over all routes; 3 to 10
     * @param pause after that many wrong ones, in which none is looked at
     * @param resendPause between two codes for the same purpose
     */
    public record Codes(Duration validity, int tries, Duration pause, Duration resendPause) {
        public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    }

    /**
     * What a new password must have.
     *
     * @param minimumLength in characters, 8 to 72
     */
    public record PasswordRules(int minimumLength) {
        /** Longer passwords are refused and never cut. */
        public static final int MOST_BYTES = 4096;
    }

    /** These settings with other ones of organizations. */
    public Settings with(Organizations others) {
        return changed(testMode, allowedOrigins, others);
    }

    /** These settings with the values that can be changed while the server runs. */
    Settings changed(boolean nowTestMode, List<String> nowAllowedOrigins, Organizations nowOrganizations) {
        return new Settings(
                applicationName,
                singleSessionMode,
                nativeApi,
                nowTestMode,
                nowAllowedOrigins,
                homeUrl,
                deleteSelf,
                lifetimes,
                sessionLimits,
                codes,
                passwords,
                nowOrganizations,
                factors,
                keys,
                tokens);
    }

    /**
     * Organizations, their roles and permissions.
     *
     * @param maxAllowedMemberships members of an organization when it is made, 0 for any number
     * @param mostPerUser organizations that one user may create, 0 for any number
     * @param memberCreates whether users may create organizations by themselves
     * @param slugs whether organizations have names for addresses
     * @param forceSelection whether a session needs an active organization to count as signed in
     * @param adminDelete whether organizations may be deleted by their own admins, where not set for one of them
     * @param newestActive whether a new session starts with the organization that its user joined last
     * @param roles besides {@code org:admin} and {@code org:member}, or instead of what these have by default
     */
    public record Organizations(
            boolean enabled,
            int maxAllowedMemberships,
            int mostPerUser,
            boolean memberCreates,
            boolean slugs,
            boolean forceSelection,
            boolean adminDelete,
            boolean newestActive,
            String creatorRole,
            String defaultRole,
            List<DeclaredRole> roles,
            List<DeclaredPermission> permissions) {

        /** What the Frontend API itself asks for. Never in tokens. */
        public static final List<String> SYSTEM_PERMISSIONS = List.of(
                "org:sys_profile:manage",
                "org:sys_profile:delete",
                "org:sys_memberships:read",
                "org:sys_memberships:manage",
                "org:sys_domains:read",
                "org:sys_domains:manage",
                "org:sys_billing:read",
                "org:sys_billing:manage",
                "org:sys_entconns:manage");
    }

    /**
     * A role as declared.
     *
     * @param key {@code org:name}
     * @param permissions keys, system permissions among them
     */
    public record DeclaredRole(String key, String name, String description, List<String> permissions) {}

    /**
     * A custom permission as declared.
     *
     * @param key {@code org:feature:action}
     */
    public record DeclaredPermission(String key, String name, String description) {}

    /**
     * The life of signing keys.
     *
     * @param publishBefore how long a new key is published before it signs, longer than verifiers keep a key set
     * @param keepAfter how long a key stays published after it signed last, longer than any token lasts
     * @param rotateEvery how long a key signs before the next one takes over; empty for rotation by command alone
     */
    public record Keys(Duration publishBefore, Duration keepAfter, Optional<Duration> rotateEvery) {}

    /**
     * What tokens say, and how long they are valid.
     *
     * @param lifetime of session tokens
     * @param backdated how far {@code nbf} of session tokens lies before {@code iat}, for verifiers whose clocks are slow
     * @param claimsVersion of session tokens; empty to follow the caller's API version
     * @param sessionClaims JSON text of an object with claims that every session token has besides the default ones; empty
     *     where these are set through the Backend API
     */
    public record Tokens(
            Duration lifetime,
            Duration backdated,
            Optional<Integer> claimsVersion,
            Entitlements entitlements,
            Optional<String> sessionClaims,
            List<DeclaredTemplate> templates) {
        public static final Duration SHORTEST = Duration.ofSeconds(30);
        public static final Duration LONGEST = Duration.ofHours(24);
        public static final Duration MOST_BACKDATED = Duration.ofMinutes(5);

        Tokens withSessionClaims(String claims) {
            return new Tokens(lifetime, backdated, claimsVersion, entitlements, Optional.of(claims), templates);
        }
    }

    /** Features and plans, by their slugs, that users and organizations have in this instance. */
    public record Entitlements(
            List<String> userFeatures,
            List<String> organizationFeatures,
            Optional<String> userPlan,
            Optional<String> organizationPlan) {}

    /**
     * A template of tokens for other services, as declared.
     *
     * @param claims JSON text of an object
     * @param key empty for the instance's own key
     */
    public record DeclaredTemplate(
            String name, String claims, Duration lifetime, Duration allowedClockSkew, Optional<DeclaredKey> key) {}

    /** A key that tokens are signed with instead of the instance's own. */
    public record DeclaredKey(String algorithm, Secret key) {}

    /** These settings with other ones for factors. */
    public Settings with(FactorSettings others) {
        return new Settings(
                applicationName,
                singleSessionMode,
                nativeApi,
                testMode,
                allowedOrigins,
                homeUrl,
                deleteSelf,
                lifetimes,
                sessionLimits,
                codes,
                passwords,
                organizations,
                others,
                keys,
                tokens);
    }

    /** These settings with other ones for tokens. */
    public Settings with(Tokens others) {
        return new Settings(
                applicationName,
                singleSessionMode,
                nativeApi,
                testMode,
                allowedOrigins,
                homeUrl,
                deleteSelf,
                lifetimes,
                sessionLimits,
                codes,
                passwords,
                organizations,
                factors,
                keys,
                others);
    }

    /** Clerk's defaults. */
    public static Settings defaults(boolean development) {
        return new Settings(
                "Usher",
                true,
                development,
                development,
                List.of(),
                Optional.empty(),
                true,
                new Lifetimes(Optional.of(Duration.ofDays(7)), Optional.empty()),
                new SessionLimits(0, 0, false),
                new Codes(Duration.ofMinutes(10), 5, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                new PasswordRules(8),
                new Organizations(
                        development,
                        5,
                        100,
                        true,
                        true,
                        false,
                        true,
                        true,
                        "org:admin",
                        "org:member",
                        List.of(),
                        List.of()),
                FactorSettings.defaults(development),
                new Keys(Duration.ofMinutes(10), Duration.ofHours(1), Optional.empty()),
                new Tokens(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Optional.empty(),
                        new Entitlements(List.of(), List.of(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        List.of()));
    }
}
