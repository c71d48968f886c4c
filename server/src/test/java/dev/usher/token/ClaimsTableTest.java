package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Json;
import dev.usher.http.ApiVersion;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Session tokens say what the published documents tell; that SDKs read the same from it is shown by the checks. */
class ClaimsTableTest {
    private static final JsonNode TABLE = Tables.read("session-claims.json");
    private static final Instant NOW = Instant.parse(TABLE.get("now").stringValue());

    private final SessionClaims sessionClaims = new SessionClaims();

    static Stream<Arguments> cases() {
        return Tables.cases(TABLE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSessionTokenSaysWhatIsPublished(JsonNode group, JsonNode one) {
        assertThat(group.get("source").stringValue()).isNotBlank();
        assertThat(Tables.onTheWire(claims(one))).isEqualTo(expected(one));
    }

    private ObjectNode claims(JsonNode one) {
        JsonNode given = one.get("given");
        Session session =
                Tables.session("sess_1", "user_1", NOW, NOW, NOW.plus(Duration.ofDays(7)), given.path("session"));
        Settings.Tokens settings = settings(given);
        ObjectNode defaults = Claims.ofSession(
                session,
                Tables.organization(given.path("organization")),
                settings,
                one.get("version").intValue(),
                new Claims.Context(
                        "https://clerk.example.com",
                        given.has("azp") ? Tables.text(given, "azp") : Optional.of("http://localhost:3000"),
                        "10db7f531a90cb2faea4",
                        NOW));
        ClaimTemplate custom = sessionClaims.of(instance(settings));
        Facts facts = new Facts(Map.of(Root.SESSION, SessionFacts.of(session)));
        return Claims.merged(custom.render(facts), defaults);
    }

    private static Settings.Tokens settings(JsonNode given) {
        return new Settings.Tokens(
                Duration.ofSeconds(given.path("lifetime").asInt(60)),
                Duration.ofSeconds(given.path("skew").asInt(10)),
                Optional.empty(),
                Tables.entitlements(given.path("entitlements")),
                given.optional("custom").map(Json::text),
                List.of());
    }

    private static Instance instance(Settings.Tokens tokens) {
        return new Instance("ins_1", true, "clerk.example.com", "http://localhost", withTokens(tokens));
    }

    private static Settings withTokens(Settings.Tokens tokens) {
        return Settings.defaults(true).with(tokens);
    }

    /** The claims that all cases share, with what the case says over them; null stands for a claim that is not there. */
    private static ObjectNode expected(JsonNode one) {
        ObjectNode expected = TABLE.get("base").asObject().deepCopy();
        one.get("claims").asObject().forEachEntry((name, value) -> {
            if (value.isNull()) expected.remove(name);
            else expected.set(name, value);
        });
        return expected;
    }

    @ParameterizedTest
    @CsvSource({
        "2021-02-05, , 1",
        "2024-10-01, , 1",
        "2025-03-12, , 1",
        "2025-04-10, , 2",
        "2025-11-10, , 2",
        "2026-05-12, , 2",
        "2026-05-12, 1, 1",
        "2021-02-05, 2, 2"
    })
    void theVersionFollowsTheCallerUnlessTheInstancePinsIt(String caller, Integer pinned, int version) {
        var usual = Settings.defaults(true).tokens();
        var settings = new Settings.Tokens(
                usual.lifetime(),
                usual.backdated(),
                Optional.ofNullable(pinned),
                usual.entitlements(),
                Optional.empty(),
                List.of());
        ApiVersion asked = ApiVersion.KNOWN.stream()
                .filter(known -> known.date().equals(caller))
                .findFirst()
                .orElseThrow();
        assertThat(Claims.version(settings, asked)).isEqualTo(version);
    }

    @Test
    void theTablesTogetherHaveMoreThanThreeHundredCases() {
        long shortcodes = Tables.cases(Tables.read("shortcodes.json")).count();
        assertThat(cases().count() + shortcodes).isGreaterThan(300);
    }

    @Test
    void theClaimsAreInAlphabeticalOrder() {
        List<String> names = List.copyOf(claims(cases().findFirst()
                        .map(arguments -> (JsonNode) arguments.get()[1])
                        .orElseThrow())
                .propertyNames());
        assertThat(names).isSorted();
    }
}
