package dev.usher.checks.token;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Templates as servers manage them, and the tokens that apps get from them. */
class TemplateTest {
    private static final String TEMPLATES = "/v1/jwt_templates";
    private static final String SESSION_TOKEN = TEMPLATES + "/jtmp_session_token";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String YAML = """
            instance:
              organizations: {enabled: true}
              jwt-templates:
                declared:
                  claims: '{"aud": "declared", "me": "{{user.id}}"}'
                  lifetime: 5m
            """;

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory(YAML);

    private static Fapi browser;
    private static Person person;
    private static String session;
    private static String userId;
    private static Bapi server;

    @BeforeAll
    static void somebodyIsSignedIn() {
        server = usher.server();
        browser = usher.browser();
        person = Person.fresh();
        session = browser.signUp(person);
        userId = browser.get("/v1/me").string("/response/id");
    }

    @AfterEach
    void noTemplateIsLeft() {
        server.get(TEMPLATES + "?limit=100").json().forEach(template -> {
            String id = template.path("id").asString();
            if (!id.contains("_declared_") && !id.contains("_session_token")) server.delete(TEMPLATES + "/" + id);
        });
        claimsOfSessionTokens("{}");
    }

    private static String json(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return JsonMapper.shared().writeValueAsString(map);
    }

    private static Answer create(String name, Map<String, ?> claims) {
        return server.post(TEMPLATES, json("name", name, "claims", claims));
    }

    private static void claimsOfSessionTokens(String claims) {
        assertThat(server.patch(SESSION_TOKEN, "{\"claims\":" + claims + "}")).isOk();
    }

    private static Answer mint(String template) {
        return browser.post("/v1/client/sessions/" + session + "/tokens/" + template);
    }

    private static Jwt minted(String template) {
        Answer answer = mint(template);
        assertThat(answer).isOk().has("/object", "token");
        return Jwt.parse(answer.string("/jwt"));
    }

    @Test
    void aTokenHasTheDefaultClaimsAndThoseOfItsTemplateAndNothingOfTheSession() throws GeneralSecurityException {
        create("t", Map.of("aud", "api", "email", "{{user.primary_email_address}}", "hello", "Hi {{user.last_name}}"));
        Jwt jwt = minted("t");
        assertThat(new TreeSet<>(jwt.claims().propertyNames()))
                .containsExactly("aud", "azp", "email", "exp", "hello", "iat", "iss", "jti", "nbf", "sub");
        assertThat(jwt.claims().path("sub").asString()).isEqualTo(userId);
        assertThat(jwt.claims().path("email").asString()).isEqualTo(person.email());
        assertThat(jwt.claims().path("hello").asString()).isEqualTo("Hi null");
        long issued = jwt.claims().path("iat").asLong();
        assertThat(jwt.claims().path("exp").asLong()).isEqualTo(issued + 60);
        assertThat(jwt.claims().path("nbf").asLong()).isEqualTo(issued - 5);
        assertThat(jwt.header().path("cat").asString()).isEqualTo("cl_B7d4PD222AAA");
        assertThat(jwt.header().path("typ").asString()).isEqualTo("JWT");
        assertThat(jwt.verifies(Jwt.key(
                        usher.get("/.well-known/jwks.json").json(),
                        jwt.header().path("kid").asString())))
                .isTrue();
    }

    @Test
    void theOrganizationIsTheActiveOne() {
        create("t", Map.of("org", "{{org.id}}", "role", "{{org.role}}", "name", "{{org.name}}"));
        assertThat(minted("t").claims().path("org").isNull()).isTrue();
        String organization =
                Fapi.require(browser.post("/v1/organizations", "name", "Acme")).string("/response/id");
        Fapi.require(browser.post("/v1/client/sessions/" + session + "/touch", "active_organization_id", organization));
        Jwt jwt = minted("t");
        assertThat(jwt.claims().path("org").asString()).isEqualTo(organization);
        assertThat(jwt.claims().path("role").asString()).isEqualTo("org:admin");
        assertThat(jwt.claims().path("name").asString()).isEqualTo("Acme");
        Fapi.require(browser.post("/v1/client/sessions/" + session + "/touch", "active_organization_id", ""));
    }

    @Test
    void aKeyOfItsOwnSignsAndIsNeverShown() throws GeneralSecurityException {
        Answer made = server.post(
                TEMPLATES,
                json(
                        "name",
                        "t",
                        "claims",
                        Map.of("a", 1),
                        "lifetime",
                        3600,
                        "allowed_clock_skew",
                        0,
                        "custom_signing_key",
                        true,
                        "signing_algorithm",
                        "HS256",
                        "signing_key",
                        SECRET));
        assertThat(made).isOk().has("/custom_signing_key", "true").has("/signing_algorithm", "HS256");
        assertThat(made.text()).doesNotContain(SECRET);
        assertThat(server.get(TEMPLATES + "/" + made.string("/id")).text()).doesNotContain(SECRET);
        assertThat(server.get(TEMPLATES).text()).doesNotContain(SECRET);
        Jwt jwt = minted("t");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(jwt.signature()).isEqualTo(mac.doFinal(jwt.signed().getBytes(StandardCharsets.US_ASCII)));
        assertThat(jwt.header().path("alg").asString()).isEqualTo("HS256");
        assertThat(jwt.header().has("kid")).isFalse();
        assertThat(jwt.claims().path("exp").asLong())
                .isEqualTo(jwt.claims().path("iat").asLong() + 3600);
        assertThat(jwt.claims().path("nbf").asLong())
                .isEqualTo(jwt.claims().path("iat").asLong());
    }

    @Test
    void onlyOpenSessionsOfTheCallersClientGetTokens() {
        create("t", Map.of());
        assertThat(mint("unknown")).isRefused(404, "resource_not_found");
        assertThat(browser.post("/v1/client/sessions/sess_nobody/tokens/t")).isRefused(404, "resource_not_found");
        Fapi stranger = usher.browser();
        stranger.signUp(Person.fresh());
        assertThat(stranger.post("/v1/client/sessions/" + session + "/tokens/t"))
                .isRefused(404, "resource_not_found");
        Fapi other = usher.browser();
        String dead = other.signUp(Person.fresh());
        other.session(dead, "end");
        assertThat(other.post("/v1/client/sessions/" + dead + "/tokens/t").status())
                .isEqualTo(401);
    }

    @Test
    void aChangeHoldsAtTheNextToken() {
        String id = create("t", Map.of("a", "old")).string("/id");
        assertThat(minted("t").claims().path("a").asString()).isEqualTo("old");
        assertThat(server.patch(TEMPLATES + "/" + id, json("name", "t", "claims", Map.of("a", "new"))))
                .isOk()
                .has("/claims/a", "new");
        assertThat(minted("t").claims().path("a").asString()).isEqualTo("new");
        assertThat(server.delete(TEMPLATES + "/" + id))
                .isOk()
                .has("/deleted", "true")
                .has("/object", "jwt_template");
        assertThat(mint("t")).isRefused(404, "resource_not_found");
        assertThat(server.get(TEMPLATES + "/" + id)).isRefused(404, "resource_not_found");
        assertThat(server.delete(TEMPLATES + "/" + id)).isRefused(404, "resource_not_found");
    }

    @Test
    void theListIsBareOrAPage() {
        create("one", Map.of());
        create("two", Map.of());
        Answer bare = server.get(TEMPLATES);
        assertThat(bare.json().isArray()).isTrue();
        assertThat(bare.json().size()).isEqualTo(3);
        assertThat(bare.string("/0/name")).isEqualTo("two");
        Answer page = server.get(TEMPLATES + "?paginated=true&limit=1&offset=1");
        assertThat(page).isOk().has("/total_count", "3").has("/data/0/name", "one");
        assertThat(page.at("/data").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"claims\":{}} | 422 | form_param_missing",
                "{\"name\":\"x\"} | 422 | form_param_missing",
                "{\"name\":\"\",\"claims\":{}} | 422 | form_param_nil",
                "{\"name\":\"x\",\"claims\":[]} | 422 | form_param_type_invalid",
                "{\"name\":\"a/b\",\"claims\":{}} | 422 | form_param_value_invalid",
                "{\"name\":\"x\",\"claims\":{\"sub\":\"me\"}} | 400 | jwt_template_reserved_claim",
                "{\"name\":\"x\",\"claims\":{},\"lifetime\":29} | 422 | form_param_value_invalid",
                "{\"name\":\"x\",\"claims\":{},\"lifetime\":\"60\"} | 422 | form_param_type_invalid",
                "{\"name\":\"x\",\"claims\":{},\"allowed_clock_skew\":301} | 422 | form_param_value_invalid",
                "{\"name\":\"x\",\"claims\":{},\"custom_signing_key\":true} | 422 | form_conditional_param_missing",
                "{\"name\":\"x\",\"claims\":{},\"signing_key\":\"k\"} | 422 | form_conditional_param_disallowed",
                "{\"name\":\"x\",\"claims\":{},\"custom_signing_key\":true,\"signing_algorithm\":\"HS256\",\"signing_key\":\"k\"} | 422 | form_param_value_invalid",
                "{\"name\":\"declared\",\"claims\":{}} | 422 | form_identifier_exists",
                "{\"name\":\"x\",\"claims\":{},\"colour\":1} | 422 | form_param_unknown"
            })
    void whatCannotBeKeptIsRefusedByItsCode(String body, int status, String code) {
        assertThat(server.post(TEMPLATES, body)).isRefused(status, code);
    }

    @Test
    void staticClaimsThatCannotFitACookieAreRefused() {
        assertThat(create("x", Map.of("a", "x".repeat(4000)))).isRefused(422, "form_param_value_too_large", "claims");
    }

    @Test
    void aDeclaredTemplateMintsAndCannotBeChanged() {
        Jwt jwt = minted("declared");
        assertThat(jwt.claims().path("aud").asString()).isEqualTo("declared");
        assertThat(jwt.claims().path("me").asString()).isEqualTo(userId);
        assertThat(jwt.claims().path("exp").asLong())
                .isEqualTo(jwt.claims().path("iat").asLong() + 300);
        String id = server.get(TEMPLATES).string("/0/id");
        assertThat(server.get(TEMPLATES + "/" + id)).isOk().has("/name", "declared");
        Answer refused = server.patch(TEMPLATES + "/" + id, json("name", "declared", "claims", Map.of()));
        assertThat(refused).isRefused(403, "resource_forbidden");
        assertThat(refused.text()).contains("configuration");
        assertThat(server.delete(TEMPLATES + "/" + id)).isRefused(403, "resource_forbidden");
    }

    @Test
    void customClaimsAreInEverySessionTokenFromTheNextOneOn() {
        claimsOfSessionTokens("{\"mail\":\"{{user.primary_email_address}}\",\"level\":7}");
        Jwt jwt = Jwt.parse(browser.mint(session).string("/jwt"));
        assertThat(jwt.claims().path("mail").asString()).isEqualTo(person.email());
        assertThat(jwt.claims().path("level").asInt()).isEqualTo(7);
        assertThat(jwt.claims().path("sid").asString()).isEqualTo(session);
        assertThat(jwt.header().path("cat").asString()).isEqualTo("cl_B7d4PD111AAA");
        String ofClient = browser.client().string("/response/sessions/0/last_active_token/jwt");
        assertThat(Jwt.parse(ofClient).claims().path("level").asInt()).isEqualTo(7);
        assertThat(server.get(TEMPLATES).at("/1/name").asString()).isEqualTo("session_token");
        assertThat(mint("session_token")).isRefused(404, "resource_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sid", "sub", "v", "o", "org_role", "sts", "fva", "act", "exp"})
    void noCustomClaimForgesADefaultOne(String claim) {
        assertThat(server.patch(SESSION_TOKEN, json("claims", Map.of(claim, "forged"))))
                .isRefused(400, "jwt_template_reserved_claim", "claims");
    }

    @Test
    void theSessionTokensTemplateCannotBeDeleted() {
        assertThat(server.delete(SESSION_TOKEN)).isRefused(403, "session_token_jwt_template");
    }

    @Test
    void aTokenThatFitsNoCookieIsMintedAndSaidOnce() {
        Fapi large = usher.browser();
        String own = large.signUp(Person.fresh());
        Fapi.require(large.version("2025-11-10").patch("/v1/me", "unsafe_metadata", json("bio", "x".repeat(6000))));
        claimsOfSessionTokens("{\"meta\":\"{{user.unsafe_metadata}}\"}");
        assertThat(large.mint(own).string("/jwt").length()).isGreaterThan(8000);
        large.mint(own);
        assertThat(usher.process().output().split("fits no cookie", -1)).hasSize(2);
    }

    @Test
    void onlyAServerWithTheKeyManagesTemplates() {
        assertThat(usher.get(TEMPLATES)).isRefused(401, "clerk_key_invalid");
        assertThat(usher.server("sk_test_" + "0".repeat(40)).get(TEMPLATES)).isRefused(401, "clerk_key_invalid");
    }
}
