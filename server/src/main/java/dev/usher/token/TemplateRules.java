package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import dev.usher.instance.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a template must be like to be kept. */
public final class TemplateRules {
    /** Under this name the custom claims of the session token are read and changed like a template. */
    public static final String SESSION_TOKEN = "session_token";

    /** What SDKs and this server read from session tokens. */
    static final Set<String> RESERVED_IN_SESSION_TOKENS = Set.of(
            "act",
            "azp",
            "exp",
            "fea",
            "fva",
            "iat",
            "iss",
            "jti",
            "nbf",
            "o",
            "oiat",
            "org_id",
            "org_permissions",
            "org_role",
            "org_slug",
            "pla",
            "sid",
            "sts",
            "sub",
            "v");

    /** Names stand in paths, and SDKs put them there as they are. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\s/?#%\\\\]{1,128}");

    /** As short as ids get, so that nothing is refused that could fit. */
    private static final String SHORT_ID = "x".repeat(31);

    private TemplateRules() {}

    /** What is wrong, and with which field. */
    public record Fault(String field, Kind kind, String why) {}

    /** The kinds of faults, each answered by a code of its own. */
    public enum Kind {
        INVALID,
        RESERVED_CLAIM,
        TOO_LARGE
    }

    /** The first fault of a template. */
    public static Optional<Fault> fault(TemplateDraft draft) {
        return nameFault(draft.name())
                .or(() -> spanFault("lifetime", draft.lifetime(), TemplateDraft.SHORTEST, TemplateDraft.LONGEST))
                .or(() -> spanFault(
                        "allowed_clock_skew", draft.allowedClockSkew(), Duration.ZERO, TemplateDraft.MOST_CLOCK_SKEW))
                .or(() -> claimsFault(draft.claims()))
                .or(() -> draft.key().flatMap(TemplateRules::keyFault));
    }

    /** The first fault of a template's claims. */
    public static Optional<Fault> claimsFault(ObjectNode claims) {
        return reserved(claims, Claims.DEFAULTS).or(() -> tooLarge(claims, false));
    }

    /** The first fault of the custom claims of a session token. */
    public static Optional<Fault> sessionClaimsFault(ObjectNode claims) {
        return reserved(claims, RESERVED_IN_SESSION_TOKENS).or(() -> tooLarge(claims, true));
    }

    private static Optional<Fault> nameFault(String name) {
        if (name.equals(SESSION_TOKEN))
            return Optional.of(
                    new Fault("name", Kind.INVALID, SESSION_TOKEN + " is the session token's own template."));
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "name",
                        Kind.INVALID,
                        "A name has 1 to 128 characters, no white space and none of / ? # % \\."));
    }

    private static Optional<Fault> spanFault(String field, Duration span, Duration least, Duration most) {
        boolean fits = span.compareTo(least) >= 0 && span.compareTo(most) <= 0;
        return fits
                ? Optional.empty()
                : Optional.of(new Fault(
                        field,
                        Kind.INVALID,
                        field + " must be between " + least.toSeconds() + " and " + most.toSeconds() + " seconds."));
    }

    private static Optional<Fault> reserved(ObjectNode claims, Set<String> names) {
        return claims.propertyNames().stream()
                .filter(names::contains)
                .findFirst()
                .map(name -> new Fault("claims", Kind.RESERVED_CLAIM, "The claim " + name + " is reserved."));
    }

    /** Whatever its shortcodes stand for, a token with these claims would not fit a cookie. */
    private static Optional<Fault> tooLarge(ObjectNode claims, boolean ofSession) {
        ObjectNode least = ClaimTemplate.parse(claims).least();
        for (String name : Claims.DEFAULTS) least.put(name, 0);
        var header = ofSession
                ? TokenHeader.session(SHORT_ID, Instant.EPOCH)
                : TokenHeader.template(JWSAlgorithm.HS256, Optional.empty());
        int size = TokenSize.of(header, least, ofSession ? TokenSize.OWN_SIGNATURE_BYTES : 32);
        return size <= TokenSize.MOST
                ? Optional.empty()
                : Optional.of(new Fault(
                        "claims",
                        Kind.TOO_LARGE,
                        "A token with these claims has at least " + size + " characters; a cookie holds "
                                + TokenSize.MOST + "."));
    }

    private static Optional<Fault> keyFault(Settings.DeclaredKey key) {
        if (!TemplateSigner.ALGORITHMS.contains(key.algorithm()))
            return Optional.of(new Fault(
                    "signing_algorithm",
                    Kind.INVALID,
                    "signing_algorithm must be one of " + String.join(", ", TemplateSigner.ALGORITHMS) + "."));
        try {
            TemplateSigner.of(key.algorithm(), key.key());
            return Optional.empty();
        } catch (TemplateSigner.Unfit unfit) {
            return Optional.of(new Fault("signing_key", Kind.INVALID, unfit.why()));
        }
    }
}
