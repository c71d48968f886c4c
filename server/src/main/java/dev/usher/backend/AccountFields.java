package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Given;
import dev.usher.user.AccountChange;
import dev.usher.user.Accounts;
import dev.usher.user.Standing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What servers may set in an account, when they make one and later. */
final class AccountFields {
    private static final List<String> COMMON = List.of(
            "external_id",
            "first_name",
            "last_name",
            "locale",
            "username",
            "password",
            "password_digest",
            "password_hasher",
            "skip_password_checks",
            "totp_secret",
            "backup_codes",
            "delete_self_enabled",
            "create_organization_enabled",
            "create_organizations_limit",
            "legal_accepted_at",
            "skip_legal_checks",
            "created_at",
            "bypass_client_trust");

    private AccountFields() {}

    static String[] with(String... more) {
        return Stream.concat(COMMON.stream(), Stream.of(more)).toArray(String[]::new);
    }

    static AccountChange change(Body body, Instant now) {
        body.flag("skip_legal_checks");
        return new AccountChange(
                body.text("username"),
                body.text("first_name"),
                body.text("last_name"),
                body.text("external_id"),
                body.text("locale"),
                Fields.pastTime(body, "created_at", now),
                Fields.pastTime(body, "legal_accepted_at", now),
                body.flag("delete_self_enabled"),
                body.flag("create_organization_enabled"),
                Fields.count(body, "create_organizations_limit"),
                body.flag("bypass_client_trust"));
    }

    static Accounts.MetadataChange metadata(Body body) {
        return new Accounts.MetadataChange(
                body.object("public_metadata"), body.object("private_metadata"), body.object("unsafe_metadata"));
    }

    /** The standing that a word of the wire stands for. */
    static Standing standing(String field, String word) {
        return switch (word) {
            case "verified" -> Standing.VERIFIED;
            case "reserved" -> Standing.RESERVED;
            case "unverified" -> Standing.UNVERIFIED;
            default -> throw Errors.invalidValue(field, field + " is verified, reserved or unverified.");
        };
    }

    /** Whether a flag is there and set. */
    static boolean isSet(Body body, String name) {
        Given<Boolean> flag = body.flag(name);
        return flag.or(false);
    }
}
