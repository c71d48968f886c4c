package dev.usher.checks.token;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header, claims, signature and published keys of session tokens. */
class SessionTokenTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static Fapi browser;
    private static String session;

    @BeforeAll
    static void somebodyIsSignedIn() {
        browser = usher.browser();
        session = browser.signUp(Person.fresh());
    }

    private static Jwt minted(Fapi caller) {
        return Jwt.parse(Fapi.require(caller.mint(session)).string("/jwt"));
    }

    private static PublicKey published(Jwt jwt) throws GeneralSecurityException {
        return Jwt.key(
                usher.get("/.well-known/jwks.json").json(),
                jwt.header().path("kid").asString());
    }

    private static String issuer() {
        String encoded = usher.process().key("CLERK_PUBLISHABLE_KEY").split("_", 3)[2];
        String host = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        return "https://" + host.substring(0, host.length() - 1);
    }

    @Test
    void theHeaderIsThatOfASessionToken() {
        Jwt jwt = minted(browser);
        assertThat(jwt.header().path("alg").asString()).isEqualTo("RS256");
        assertThat(jwt.header().path("typ").asString()).isEqualTo("JWT");
        assertThat(jwt.header().path("cat").asString()).isEqualTo("cl_B7d4PD111AAA");
        assertThat(jwt.header().path("kid").asString()).startsWith("ins_");
        assertThat(jwt.header().path("oiat").asLong())
                .isEqualTo(jwt.claims().path("iat").asLong());
    }

    @Test
    void theClaimsOfTheNewestVersionAreThePublishedOnesAndNoOthers() {
        Jwt jwt = minted(browser);
        assertThat(new TreeSet<>(jwt.claims().propertyNames()))
                .containsExactly("azp", "exp", "fva", "iat", "iss", "jti", "nbf", "sid", "sts", "sub", "v");
        assertThat(jwt.claims().path("v").asInt()).isEqualTo(2);
        assertThat(jwt.claims().path("sid").asString()).isEqualTo(session);
        assertThat(jwt.claims().path("sub").asString())
                .isEqualTo(browser.get("/v1/me").string("/response/id"));
        assertThat(jwt.claims().path("sts").asString()).isEqualTo("active");
        assertThat(jwt.claims().path("iss").asString()).isEqualTo(issuer());
        assertThat(jwt.claims().path("azp").asString()).isEqualTo(Fapi.ORIGIN);
        assertThat(jwt.claims().path("fva").toString()).matches("\\[\\d+,-1]");
    }

    @Test
    void aTokenLastsSixtySeconds() {
        Jwt jwt = minted(browser);
        long issued = jwt.claims().path("iat").asLong();
        assertThat(jwt.claims().path("exp").asLong()).isEqualTo(issued + 60);
        assertThat(jwt.claims().path("nbf").asLong()).isLessThanOrEqualTo(issued);
        assertThat(Math.abs(usher.now() / 1000 - issued)).isLessThanOrEqualTo(2);
    }

    @Test
    void noTokenIsOlderThanTheLastChangeOfItsClient() {
        Answer client = browser.client();
        Jwt jwt = Jwt.parse(client.string("/response/sessions/0/last_active_token/jwt"));
        assertThat(jwt.claims().path("iat").asLong())
                .isGreaterThanOrEqualTo(client.at("/response/updated_at").asLong() / 1000);
    }

    @ParameterizedTest
    @CsvSource({
        "2021-02-05, 1",
        "2024-10-01, 1",
        "2025-03-12, 1",
        "2025-04-10, 2",
        "2025-11-10, 2",
        "2026-05-12, 2",
        "'', 1"
    })
    void theVersionOfTheApiDecidesTheVersionOfTheClaims(String apiVersion, int claimsVersion) {
        Jwt jwt = minted(browser.version(apiVersion));
        assertThat(jwt.claims().path("v").asInt(1)).isEqualTo(claimsVersion);
        assertThat(jwt.claims().has("v")).isEqualTo(claimsVersion == 2);
        assertThat(jwt.claims().has("o")).isFalse();
        assertThat(jwt.claims().has("org_id")).isFalse();
    }

    @Test
    void theVersionMayStandInAHeader() throws IOException {
        Call call = browser.version("").call("POST", "/v1/client/sessions/" + session + "/tokens");
        Jwt jwt = Jwt.parse(
                usher.send(call.with("Clerk-API-Version", "2026-05-12")).string("/jwt"));
        assertThat(jwt.claims().path("v").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:5173", "https://app.example.com", "http://127.0.0.1:8080"})
    void theAuthorizedPartyIsTheOriginOfTheRequest(String origin) {
        assertThat(minted(browser.origin(origin)).claims().path("azp").asString())
                .isEqualTo(origin);
    }

    @Test
    void withoutAnOriginThereIsNoAuthorizedParty() {
        assertThat(minted(browser.origin("")).claims().has("azp")).isFalse();
    }

    @Test
    void anOpaqueOriginIsNoAuthorizedParty() {
        Answer minted = browser.origin("null").mint(session);
        assertThat(minted).isOk();
        assertThat(Jwt.parse(minted.string("/jwt")).claims().has("azp")).isFalse();
    }

    @Test
    void aTokenVerifiesWithThePublishedKeysInAllTheirForms() throws GeneralSecurityException {
        Jwt jwt = minted(browser);
        PublicKey ofFrontend = published(jwt);
        assertThat(jwt.verifies(ofFrontend)).isTrue();
        assertThat(jwt.verifies(Jwt.key(usher.process().key("CLERK_JWT_KEY")))).isTrue();
        assertThat(((RSAPublicKey) ofFrontend).getModulus().bitLength()).isEqualTo(2048);
    }

    @Test
    void aServerReadsTheKeysWithItsSecretKeyOnly() throws IOException {
        String secretKey = usher.process().key("CLERK_SECRET_KEY");
        Answer jwks = usher.send(Call.of("GET", "/v1/jwks").with("Authorization", "Bearer " + secretKey));
        assertThat(jwks).isOk();
        assertThat(jwks.header("content-type")).contains("application/json");
        assertThat(jwks.json()).isEqualTo(usher.get("/.well-known/jwks.json").json());
        for (String wrong : List.of("Bearer sk_test_wrong", "Bearer " + secretKey + "x", "Bearer sk_live_1"))
            assertThat(usher.send(Call.of("GET", "/v1/jwks").with("Authorization", wrong)))
                    .isRefused(401, "clerk_key_invalid");
        assertThat(usher.get("/v1/jwks")).isRefused(401, "clerk_key_invalid");
    }

    @Test
    void theKeySetShowsNothingPrivate() {
        var key = usher.get("/.well-known/jwks.json").at("/keys/0");
        assertThat(new TreeSet<>(key.propertyNames())).containsExactly("alg", "e", "kid", "kty", "n", "use");
        assertThat(key.path("use").asString()).isEqualTo("sig");
        assertThat(key.path("e").asString()).isEqualTo("AQAB");
    }

    @Test
    void anAlteredTokenDoesNotVerify() throws GeneralSecurityException {
        Jwt jwt = minted(browser);
        String other = jwt.signed().substring(0, jwt.signed().length() - 1)
                + (jwt.signed().endsWith("A") ? "B" : "A");
        assertThat(new Jwt(jwt.header(), jwt.claims(), other, jwt.signature()).verifies(published(jwt)))
                .isFalse();
    }

    @Test
    void everyTokenHasAnIdOfItsOwn() {
        List<String> ids = IntStream.range(0, 50)
                .mapToObj(i -> minted(browser).claims().path("jti").asString())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.length() >= 16);
    }

    @Test
    void aTokenFitsACookie() {
        assertThat(browser.mint(session).string("/jwt").length()).isLessThan(3000);
    }
}
