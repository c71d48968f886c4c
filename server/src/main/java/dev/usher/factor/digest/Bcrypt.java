package dev.usher.factor.digest;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** bcrypt, plain, as Django wraps it, and with a pepper as Devise adds it. */
final class Bcrypt {
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final int LENGTH = 60;
    private static final int MOST_COST = 15;
    private static final String DJANGO = "bcrypt_sha256$";

    private Bcrypt() {}

    /** {@code $2b$12$…}. */
    static Optional<Check> plain(String digest) {
        return valid(digest).map(hash -> password -> OpenBSDBCrypt.checkPassword(hash, password));
    }

    /** {@code bcrypt_sha256$$2b$12$…}: of the password's SHA-256 in hexadecimal. */
    static Optional<Check> django(String digest) {
        if (!digest.startsWith(DJANGO)) return Optional.empty();
        return valid(digest.substring(DJANGO.length()))
                .map(hash -> password -> OpenBSDBCrypt.checkPassword(
                        hash, Parts.bytes(HexFormat.of().formatHex(Parts.hash("SHA-256", password)))));
    }

    /** {@code $2a$11$…$pepper}: the pepper follows the password. */
    static Optional<Check> peppered(String digest) {
        if (digest.length() < LENGTH + 2 || digest.charAt(LENGTH) != '$') return Optional.empty();
        byte[] pepper = Parts.bytes(digest.substring(LENGTH + 1));
        return valid(digest.substring(0, LENGTH))
                .map(hash -> password -> OpenBSDBCrypt.checkPassword(hash, joined(password, pepper)));
    }

    private static Optional<String> valid(String hash) {
        Matcher match = FORM.matcher(hash);
        return match.matches() && Parts.number(match.group(1), 4, MOST_COST).isPresent()
                ? Optional.of(hash)
                : Optional.empty();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] whole = new byte[first.length + second.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }
}
