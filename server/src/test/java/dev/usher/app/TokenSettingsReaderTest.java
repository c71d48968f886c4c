package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.usher.instance.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsReaderTest {
    @TempDir
    private Path folder;

    private Config read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("usher.yaml"), yaml);
        return ConfigReader.read(Optional.of(file), true, Map.of());
    }

    private Settings.Tokens tokens(String yaml) throws IOException {
        return read(yaml).instance().settings().tokens();
    }

    private List<String> faults(String yaml) {
        return catchThrowableOfType(ConfigReader.Faulty.class, () -> read(yaml)).faults();
    }

    @Test
    void theDefaultsAreThePublishedOnes() throws IOException {
        Settings.Tokens tokens = tokens("{}");
        assertThat(tokens.lifetime()).hasSeconds(60);
        assertThat(tokens.backdated()).hasSeconds(10);
        assertThat(tokens.claimsVersion()).isEmpty();
        assertThat(tokens.sessionClaims()).isEmpty();
        assertThat(tokens.templates()).isEmpty();
        assertThat(tokens.entitlements().userFeatures()).isEmpty();
    }

    @Test
    void readsEverySettingOfTokens() throws IOException {
        Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef\n");
        Settings.Tokens tokens = tokens("""
                instance:
                  session-token:
                    lifetime: 5m
                    not-before-skew: 0s
                    claims-version: 1
                    claims: |
                      {"metadata": "{{user.public_metadata}}", "level": 7}
                  features: {user: [search], organization: [sso, audit]}
                  plans: {user: free, organization: pro}
                  jwt-templates:
                    hasura:
                      claims: '{"https://hasura.io/jwt/claims": {"x-hasura-user-id": "{{user.id}}"}}'
                      lifetime: 1h
                      allowed-clock-skew: 30s
                      signing-algorithm: HS256
                      signing-key-file: %s
                    plain:
                      claims: "{}"
                """.formatted(folder.resolve("key")));
        assertThat(tokens.lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(tokens.backdated()).isZero();
        assertThat(tokens.claimsVersion()).contains(1);
        assertThat(tokens.sessionClaims()).contains("{\"metadata\":\"{{user.public_metadata}}\",\"level\":7}");
        assertThat(tokens.entitlements())
                .isEqualTo(new Settings.Entitlements(
                        List.of("search"), List.of("sso", "audit"), Optional.of("free"), Optional.of("pro")));
        assertThat(tokens.templates())
                .extracting(Settings.DeclaredTemplate::name)
                .containsExactly("hasura", "plain");
        Settings.DeclaredTemplate hasura = tokens.templates().getFirst();
        assertThat(hasura.lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(hasura.allowedClockSkew()).hasSeconds(30);
        assertThat(hasura.key().orElseThrow().key().reveal()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(hasura.claims()).contains("x-hasura-user-id");
    }

    @Test
    void anInlineKeyIsMasked() throws IOException {
        Config config = read("""
                instance: {jwt-templates: {a: {claims: "{}", signing-algorithm: HS256, signing-key: 0123456789abcdef0123456789abcdef}}}
                """);
        assertThat(config.effective()).containsEntry("instance.jwt-templates.a.signing-key", "****");
        assertThat(config.effective().toString()).doesNotContain("0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session-token: {lifetime: 29s} | instance.session-token.lifetime: must be a duration",
                "session-token: {lifetime: 2h} | instance.session-token.lifetime: must not be longer than instance.keys.keep-after",
                "session-token: {lifetime: 25h} | instance.session-token.lifetime: must be a duration",
                "session-token: {not-before-skew: 6m} | instance.session-token.not-before-skew: must be a duration",
                "session-token: {claims-version: 3} | instance.session-token.claims-version: must be 1, 2 or by-caller",
                "session-token: {claims: '{'} | instance.session-token.claims: is no JSON",
                "session-token: {claims: '[1]'} | instance.session-token.claims: must be a JSON object",
                "session-token: {claims: {a: b}} | instance.session-token.claims: must be JSON text",
                "session-token: {claims: '{\"sid\":1}'} | instance.session-token.claims: The claim sid is reserved.",
                "features: {user: ['a,b', 'c:d']} | instance.features.user: must be letters",
                "plans: {organization: 'a b'} | instance.plans.organization: must be letters",
                "jwt-templates: {a: {lifetime: 60s}} | instance.jwt-templates.a.claims: is required",
                "jwt-templates: {a: {claims: '{\"sub\":1}'}} | instance.jwt-templates.a.claims: The claim sub is reserved.",
                "jwt-templates: {a: {claims: '{}', lifetime: 20s}} | instance.jwt-templates.a.lifetime: must be a duration",
                "jwt-templates: {a: {claims: '{}', signing-algorithm: HS256}} | instance.jwt-templates.a.signing-key: a key",
                "jwt-templates: {a: {claims: '{}', signing-algorithm: HS256, signing-key: short}} | instance.jwt-templates.a.signing-key: A secret",
                "jwt-templates: {a: {claims: '{}', signing-algorithm: X, signing-key: short}} | instance.jwt-templates.a.signing-algorithm: signing_algorithm must be",
                "jwt-templates: {session_token: {claims: '{}'}} | instance.jwt-templates.session_token.name: session_token is",
                "jwt-templates: {a: {claims: '{}', colour: red}} | instance.jwt-templates.a.colour: no setting of this name"
            })
    void aFaultNamesItsKey(String yaml, String fault) {
        assertThat(faults("instance: {" + yaml + "}")).anyMatch(line -> line.startsWith(fault));
    }
}
