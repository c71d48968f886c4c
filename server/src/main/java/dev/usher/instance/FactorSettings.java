package dev.usher.instance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which factors people may add, and what guards them. A factor that somebody has counts on when it is switched off here: a
 * setting never makes an account easier to enter.
 *
 * @param authenticatorApp whether people may add an authenticator app (TOTP)
 * @param backupCodes whether people get backup codes beside another second factor
 * @param secondFactorRequired whether whoever signs in without a second factor has to add one first
 * @param reverification whether sensitive changes ask for a proof of the last ten minutes
 * @param strictEnumerationProtection whether known and unknown identifiers are answered alike
 */
public record FactorSettings(
        EmailAddresses emailAddresses,
        PhoneNumbers phoneNumbers,
        boolean authenticatorApp,
        boolean backupCodes,
        boolean secondFactorRequired,
        Passkeys passkeys,
        boolean reverification,
        boolean strictEnumerationProtection,
        Lockout lockout,
        Rates rates,
        BreachedPasswords breachedPasswords) {

    /**
     * How people prove that an e-mail address is theirs: when they sign in with it, sign up with it and add it.
     *
     * @param codes whether by a code; at least one of both is on
     * @param links whether by a link
     * @param linkValidity how long a link is good for, 1 to 60 minutes
     * @param sameClient whether a link must be opened in the browser in which it was asked for
     */
    public record EmailAddresses(boolean codes, boolean links, Duration linkValidity, boolean sameClient) {
        public static final String CODE = "email_code";
        public static final String LINK = "email_link";

        /** The ways that are on, by the words of the wire. */
        public List<String> strategies() {
            return Stream.of(codes ? CODE : "", links ? LINK : "")
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /** How far phone numbers go. */
    public enum PhoneUse {
        /** There are none. */
        OFF,
        /** In the profile, and as a second factor. */
        PROFILE,
        /** For signing in and up as well. */
        SIGN_IN
    }

    /**
     * Phone numbers.
     *
     * @param countries whose numbers messages go to (ISO 3166-1, two letters); empty for all of them
     */
    public record PhoneNumbers(PhoneUse use, List<String> countries) {
        public boolean enabled() {
            return use != PhoneUse.OFF;
        }

        public boolean forSignIn() {
            return use == PhoneUse.SIGN_IN;
        }
    }

    /**
     * Passkeys.
     *
     * @param enabled whether people may add some
     * @param relyingParty the domain that they are bound to; empty in development for the page's own host, in production for
     *     the domain of the Frontend API's host
     */
    public record Passkeys(boolean enabled, Optional<String> relyingParty) {}

    /**
     * Locking an account after failed attempts.
     *
     * @param attempts failures in a row, 5 to 100
     * @param duration of the lock; empty for one that an administrator has to open
     */
    public record Lockout(boolean enabled, int attempts, Optional<Duration> duration) {}

    /**
     * Requests of one source in ten seconds.
     *
     * @param creates sign-ins and sign-ups begun
     * @param attempts factors and verifications attempted
     */
    public record Rates(boolean enabled, int creates, int attempts) {
        public static final Duration PERIOD = Duration.ofSeconds(10);
    }

    /**
     * The check of new passwords against those that are known from breaches.
     *
     * @param url of a range service as at Have I Been Pwned, to which the first five digits of a hash are sent
     * @param path for use without a network: a folder of range files, one for each five digits, or one file of sorted hashes
     */
    public record BreachedPasswords(Optional<String> url, Optional<String> path) {
        public boolean enabled() {
            return url.isPresent() || path.isPresent();
        }
    }

    /** What identifies people when they sign in, by the words of the wire. */
    public List<String> identifiers() {
        return phoneNumbers.forSignIn() ? List.of("email_address", "phone_number") : List.of("email_address");
    }

    /** The second factors that people may add, by the words of the wire. */
    List<String> secondFactors() {
        return Stream.of(
                        phoneNumbers.enabled() ? "phone_code" : "",
                        authenticatorApp ? "totp" : "",
                        backupCodes ? "backup_code" : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static FactorSettings defaults(boolean development) {
        return new FactorSettings(
                new EmailAddresses(true, false, Duration.ofMinutes(10), true),
                new PhoneNumbers(PhoneUse.OFF, List.of("US", "CA")),
                true,
                true,
                false,
                new Passkeys(true, Optional.empty()),
                true,
                false,
                new Lockout(true, 10, Optional.of(Duration.ofHours(1))),
                new Rates(!development, 5, 3),
                new BreachedPasswords(Optional.empty(), Optional.empty()));
    }
}
