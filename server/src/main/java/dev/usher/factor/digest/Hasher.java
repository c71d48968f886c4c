package dev.usher.factor.digest;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The published kinds of password hashes, by their names on the wire. */
enum Hasher {
    ARGON2I(Argon2::i),
    ARGON2ID(Argon2::id),
    BCRYPT(Bcrypt::plain),
    BCRYPT_PEPPERED(Bcrypt::peppered),
    BCRYPT_SHA256_DJANGO(Bcrypt::django),
    LDAP_SSHA(Fast::ldap),
    MD5(Fast::md5),
    MD5_PHPASS(Phpass::ofMd5),
    MD5_SALTED(Fast::md5Salted),
    PBKDF2_SHA1(Pbkdf2::sha1),
    PBKDF2_SHA256(Pbkdf2::sha256),
    PBKDF2_SHA256_DJANGO(Pbkdf2::django),
    PBKDF2_SHA512(Pbkdf2::sha512),
    PBKDF2_SHA512_HEX(Pbkdf2::sha512Hex),
    PHPASS(Phpass::plain),
    SCRYPT_FIREBASE(Scrypt::firebase),
    SCRYPT_WERKZEUG(Scrypt::werkzeug),
    SHA256(Fast::sha256),
    SHA256_SALTED(Fast::sha256Salted),
    SHA512_SYMFONY(Fast::symfony);

    private final Function<String, Optional<Check>> layout;

    Hasher(Function<String, Optional<Check>> layout) {
        this.layout = layout;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Hasher> named(String name) {
        return Stream.of(values()).filter(one -> one.wire().equals(name)).findFirst();
    }

    /** Reads a digest; empty when it has another layout or costs more than is allowed. */
    Optional<Check> read(String digest) {
        return layout.apply(digest);
    }
}
