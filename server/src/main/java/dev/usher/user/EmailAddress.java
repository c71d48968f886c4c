package dev.usher.user;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user's e-mail address.
 *
 * @param reserved whether nobody else can have it although it is not verified
 */
public record EmailAddress(
        String id,
        String emailAddress,
        Optional<Instant> verifiedAt,
        Optional<String> verificationStrategy,
        boolean reserved,
        Instant createdAt,
        Instant updatedAt) {

    private static final int LONGEST = 254;
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
                    + "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

    /** Whether its user may sign in with it. */
    public boolean canSignIn() {
        return reserved || verifiedAt.isPresent();
    }

    /** The address in lower case, or empty when the text is none (RFC 5321, dot-string local parts). */
    public static Optional<String> normalized(String text) {
        String address = text.trim().toLowerCase(Locale.ROOT);
        boolean fits = address.length() <= LONGEST && address.indexOf('@') <= 64;
        return fits && FORM.matcher(address).matches() ? Optional.of(address) : Optional.empty();
    }

    /** Whether it is one of the published test addresses, which get a known code and no mail. */
    public static boolean isTest(String address) {
        int at = address.indexOf('@');
        return at > 0 && address.substring(0, at).contains("+clerk_test");
    }

    /** The address with its local part hidden but for the first letter. */
    public static String masked(String address) {
        int at = address.indexOf('@');
        return at < 1 ? "*****" : address.charAt(0) + "*****" + address.substring(at);
    }
}
