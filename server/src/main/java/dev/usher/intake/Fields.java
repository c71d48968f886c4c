package dev.usher.intake;

import dev.usher.factor.Totp;
import dev.usher.factor.digest.PasswordDigest;
import dev.usher.http.Refusal;
import dev.usher.user.EmailAddress;
import dev.usher.user.ImportedUser;
import dev.usher.user.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What both formats have in common: each field checked on its own, with a reason where it does not do. */
final class Fields {
    private static final Pattern USER_ID = Pattern.compile("user_[A-Za-z0-9]{1,64}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_ID = 256;

    private Fields() {}

    /** Why a record is no user. */
    static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;

        Bad(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    static boolean isUserId(String text) {
        return USER_ID.matcher(text).matches();
    }

    static Optional<String> name(String field, Optional<String> value) throws Bad {
        if (value.filter(text -> text.length() > LONGEST_NAME).isPresent())
            throw new Bad(field + " has more than " + LONGEST_NAME + " characters");
        return value;
    }

    static Optional<String> externalId(Optional<String> value) throws Bad {
        if (value.filter(text -> text.length() > LONGEST_ID).isPresent())
            throw new Bad("the external id has more than " + LONGEST_ID + " characters");
        return value;
    }

    static Optional<String> username(Optional<String> value) throws Bad {
        if (value.filter(text -> !USERNAME.matcher(text).matches()).isPresent())
            throw new Bad(
                    "the username has other characters than letters, digits, dots, hyphens and underscores, or too many");
        return value;
    }

    static Optional<String> password(Optional<String> hasher, Optional<String> digest) throws Bad {
        if (digest.isEmpty()) return Optional.empty();
        if (hasher.isEmpty()) throw new Bad("there is a password digest without its hasher");
        try {
            return Optional.of(PasswordDigest.of(hasher.get(), digest.get()).stored());
        } catch (Refusal e) {
            throw new Bad("the password digest is of no hasher that is known, malformed, or too expensive: "
                    + printable(hasher.get()));
        }
    }

    static Optional<String> totpSecret(Optional<String> value) throws Bad {
        if (value.filter(text -> !Totp.isSecret(text)).isPresent())
            throw new Bad("the TOTP secret is no base32 of 10 to 64 bytes");
        return value;
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^A-Za-z0-9_]", "");
        return clean.length() > 40 ? clean.substring(0, 40) : clean;
    }

    /** E-mail addresses in lower case, each once; one that is verified anywhere counts as verified. */
    static List<ImportedUser.Identifier> emailAddresses(List<ImportedUser.Identifier> found) throws Bad {
        List<ImportedUser.Identifier> normal = new ArrayList<>();
        for (ImportedUser.Identifier one : found) {
            String address =
                    EmailAddress.normalized(one.text()).orElseThrow(() -> new Bad("an e-mail address is malformed"));
            normal.add(new ImportedUser.Identifier(address, one.verified()));
        }
        return once(normal);
    }

    /** Phone numbers in the form of E.164, each once. */
    static List<ImportedUser.Identifier> phoneNumbers(List<ImportedUser.Identifier> found, boolean testMode)
            throws Bad {
        List<ImportedUser.Identifier> normal = new ArrayList<>();
        for (ImportedUser.Identifier one : found) {
            String number = PhoneNumber.normalized(one.text(), testMode)
                    .orElseThrow(() -> new Bad("a phone number is not valid in the form +12015550123"));
            normal.add(new ImportedUser.Identifier(number, one.verified()));
        }
        return once(normal);
    }

    private static List<ImportedUser.Identifier> once(List<ImportedUser.Identifier> identifiers) {
        Map<String, Boolean> verified = new LinkedHashMap<>();
        identifiers.forEach(one -> verified.merge(one.text(), one.verified(), Boolean::logicalOr));
        return verified.entrySet().stream()
                .map(one -> new ImportedUser.Identifier(one.getKey(), one.getValue()))
                .toList();
    }
}
