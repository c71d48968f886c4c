package dev.usher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Environment files, as SDKs find them. */
class AppEnvTest {
    private static AppEnv env(String... texts) {
        return AppEnv.of(Stream.of(texts)
                .map(text -> new AppEnv.File(".env", Optional.of(text.getBytes(StandardCharsets.UTF_8))))
                .toList());
    }

    @Test
    void quotesCommentsExportsAndLaterFilesAreUnderstood() {
        AppEnv env =
                env("# CLERK_A=0\nexport CLERK_A=1\nCLERK_B='two words'\nCLERK_C=3 # three\n", "CLERK_A=\"x\\ny\"");
        assertThat(env.get("CLERK_A")).contains("x\ny");
        assertThat(env.get("CLERK_B")).contains("two words");
        assertThat(env.get("CLERK_C")).contains("3");
        assertThat(env.twice()).isEmpty();
    }

    @Test
    void aValueMayRunOverSeveralLinesInQuotes() {
        AppEnv env = env("CLERK_JWT_KEY=\"-----BEGIN\nabc\n-----END\"\nCLERK_A=1");
        assertThat(env.get("CLERK_JWT_KEY")).contains("-----BEGIN\nabc\n-----END");
        assertThat(env.get("CLERK_A")).contains("1");
    }

    @Test
    void aNameWithTwoValuesAndAMarkAtTheBeginningAreNoted() {
        AppEnv env = env("\ufeffCLERK_A=1\nCLERK_A=2\n");
        assertThat(env.twice()).isEqualTo(List.of("CLERK_A"));
        assertThat(env.misread()).isEqualTo(List.of(".env"));
    }

    @Test
    void aPublishableKeyHoldsAHostThatEndsInADollar() {
        assertThat(AppEnv.host(key("clerk.example.com$"))).contains("clerk.example.com");
        assertThat(AppEnv.host(key("clerk.example.com"))).isEmpty();
        assertThat(AppEnv.host(key("localhost$"))).isEmpty();
        assertThat(AppEnv.host("pk_live_%%%")).isEmpty();
    }

    private static String key(String host) {
        return "pk_test_" + Base64.getEncoder().encodeToString(host.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPolicyPermitsWhatItNamesAndFallsBackToItsDefault() {
        String usher = "http://localhost:4400";
        assertThat(Http.permits("img-src 'self'", "script-src", usher)).isTrue();
        assertThat(Http.permits("default-src 'self'", "script-src", usher)).isFalse();
        assertThat(Http.permits("default-src 'self'; script-src " + usher, "script-src", usher))
                .isTrue();
        assertThat(Http.permits("script-src *", "script-src", usher)).isTrue();
    }
}
