package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class TemplateRulesTest {
    private static Optional<TemplateRules.Kind> kind(TemplateDraft draft) {
        return TemplateRules.fault(draft).map(TemplateRules.Fault::kind);
    }

    private static TemplateDraft draft(String name, ObjectNode claims, long lifetime, long skew) {
        return new TemplateDraft(
                name, claims, Duration.ofSeconds(lifetime), Duration.ofSeconds(skew), Optional.empty());
    }

    private static TemplateDraft claiming(String claim) {
        return draft("t", Json.object().put(claim, "x"), 60, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "exp", "iat", "iss", "jti", "nbf", "sub"})
    void theDefaultClaimsAreReserved(String claim) {
        assertThat(kind(claiming(claim))).contains(TemplateRules.Kind.RESERVED_CLAIM);
        assertThat(TemplateRules.sessionClaimsFault(Json.object().put(claim, "x"))
                        .map(TemplateRules.Fault::kind))
                .contains(TemplateRules.Kind.RESERVED_CLAIM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "act",
                "fea",
                "fva",
                "o",
                "oiat",
                "org_id",
                "org_permissions",
                "org_role",
                "org_slug",
                "pla",
                "sid",
                "sts",
                "v"
            })
    void whatSdksReadFromSessionTokensIsReservedThereAlone(String claim) {
        assertThat(kind(claiming(claim))).isEmpty();
        assertThat(TemplateRules.sessionClaimsFault(Json.object().put(claim, "x"))
                        .map(TemplateRules.Fault::kind))
                .contains(TemplateRules.Kind.RESERVED_CLAIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aud", "role", "metadata", "org", "user_id", "Sub", "https://hasura.io/jwt/claims", ""})
    void allOtherClaimsAreFree(String claim) {
        assertThat(kind(claiming(claim))).isEmpty();
        assertThat(TemplateRules.sessionClaimsFault(Json.object().put(claim, "x")))
                .isEmpty();
    }

    @Test
    void aReservedNameInsideOfAClaimIsFree() {
        ObjectNode claims = Json.object();
        claims.putObject("nested").put("sub", "x").put("exp", 1);
        assertThat(kind(draft("t", claims, 60, 5))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "30, 0, true",
        "29, 0, false",
        "315360000, 300, true",
        "315360001, 5, false",
        "60, 301, false",
        "60, -1, false",
        "0, 5, false",
        "-60, 5, false",
        "9223372036854775807, 5, false"
    })
    void lifetimeAndSkewHaveTheirRanges(long lifetime, long skew, boolean fits) {
        assertThat(kind(draft("t", Json.object(), lifetime, skew)).isEmpty()).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"supabase", "a", "my-template_2.0", "Übung", "convex!", "a:b"})
    void aNameIsAnythingThatStandsInAPath(String name) {
        assertThat(kind(draft(name, Json.object(), 60, 5))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a?b", "a#b", "a%20b", "a\\b", "a\tb", "session_token"})
    void otherNamesAreRefused(String name) {
        assertThat(kind(draft(name, Json.object(), 60, 5))).contains(TemplateRules.Kind.INVALID);
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertThat(kind(draft("n".repeat(128), Json.object(), 60, 5))).isEmpty();
        assertThat(kind(draft("n".repeat(129), Json.object(), 60, 5))).contains(TemplateRules.Kind.INVALID);
    }

    @Test
    void staticClaimsThatCannotFitACookieAreRefused() {
        assertThat(kind(draft("t", Json.object().put("a", "x".repeat(2800)), 60, 5)))
                .isEmpty();
        assertThat(kind(draft("t", Json.object().put("a", "x".repeat(3100)), 60, 5)))
                .contains(TemplateRules.Kind.TOO_LARGE);
        assertThat(TemplateRules.sessionClaimsFault(Json.object().put("a", "x".repeat(2300))))
                .isEmpty();
        assertThat(TemplateRules.sessionClaimsFault(Json.object().put("a", "x".repeat(2800)))
                        .map(TemplateRules.Fault::kind))
                .contains(TemplateRules.Kind.TOO_LARGE);
    }

    @Test
    void whatShortcodesMayStandForIsNotHeldAgainstATemplate() {
        ObjectNode claims = Json.object();
        for (int i = 0; i < 150; i++)
            claims.put("c" + i, "{{user.public_metadata.some.rather.long.path.to.a.value" + i + "}}");
        assertThat(kind(draft("t", claims, 60, 5))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS1", "PS256", "EdDSA", "rs256", "ES256K", ""})
    void otherAlgorithmsAreRefused(String algorithm) {
        var key = new Settings.DeclaredKey(algorithm, Secret.of("s".repeat(64)));
        var draft =
                new TemplateDraft("t", Json.object(), Duration.ofSeconds(60), Duration.ofSeconds(5), Optional.of(key));
        assertThat(TemplateRules.fault(draft).map(TemplateRules.Fault::field)).contains("signing_algorithm");
    }
}
