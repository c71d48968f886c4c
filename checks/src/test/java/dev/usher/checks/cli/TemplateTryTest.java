package dev.usher.checks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Launcher.Outcome;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import dev.usher.checks.harness.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code usher template try} beside a running server, and the same after it has stopped. */
class TemplateTryTest {
    private static final String YAML = """
            instance:
              organizations: {enabled: true}
              session-token: {claims: '{"mail": "{{user.primary_email_address}}"}'}
              jwt-templates:
                keyed:
                  claims: '{"aud": "x", "org": "{{org.slug}}"}'
                  signing-algorithm: HS512
                  signing-key: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            """;

    private static final Path FOLDER = Launcher.temporaryFolder();
    private static final Path DATA = FOLDER.resolve("data");
    private static final Person PERSON = Person.fresh();

    private static UsherProcess process;
    private static RunningUsher usher;
    private static Fapi browser;
    private static String session;
    private static String userId;
    private static String organization;

    @BeforeAll
    static void aServerRuns() throws IOException {
        Files.writeString(FOLDER.resolve("usher.yaml"), YAML);
        process = UsherProcess.plan().data(DATA).config(YAML).start();
        usher = RunningUsher.around(process);
        browser = usher.browser();
        session = browser.signUp(PERSON);
        userId = browser.get("/v1/me").string("/response/id");
        organization = Fapi.require(browser.post("/v1/organizations", "name", "Acme", "slug", "acme"))
                .string("/response/id");
        usher.server().post("/v1/jwt_templates", """
                {"name": "made", "lifetime": 90, "claims": {"id": "{{user.id}}", "last": "{{user.last_name}}",
                 "nick": "{{user.nickname}}", "old": "{{organization.id}}", "text": "x {{user.first_name}}"}}
                """);
    }

    @AfterAll
    static void itStops() {
        process.close();
        usher.witness().assertClean();
    }

    private static Outcome tried(String... arguments) {
        List<String> all = new ArrayList<>(List.of("template", "try"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--data",
                DATA.toString(),
                "--config",
                FOLDER.resolve("usher.yaml").toString()));
        return Launcher.run(all.toArray(String[]::new));
    }

    private static JsonNode part(Outcome outcome, String from, String to) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        String text = outcome.out();
        return Wire.json(text.substring(text.indexOf(from) + from.length(), text.indexOf(to)));
    }

    private static JsonNode header(Outcome outcome) {
        return part(outcome, "Header\n", "Claims\n");
    }

    private static JsonNode claims(Outcome outcome) {
        return part(outcome, "Claims\n", "Size: ");
    }

    private static int size(Outcome outcome) {
        return Integer.parseInt(outcome.out().replaceFirst("(?s).*Size: (\\d+) .*", "$1"));
    }

    /** The same but for what differs from token to token, and from a session that exists to one that does not. */
    private static void isLike(Outcome outcome, String token, String... differing) {
        Jwt jwt = Jwt.parse(token);
        assertThat(new TreeSet<>(claims(outcome).propertyNames()))
                .isEqualTo(new TreeSet<>(jwt.claims().propertyNames()));
        var varying = new TreeSet<>(List.of("azp", "exp", "iat", "jti", "nbf"));
        varying.addAll(List.of(differing));
        for (String name : jwt.claims().propertyNames())
            if (!varying.contains(name))
                assertThat(claims(outcome).path(name)).isEqualTo(jwt.claims().path(name));
        for (String name : jwt.header().propertyNames())
            if (!name.equals("oiat"))
                assertThat(header(outcome).path(name)).isEqualTo(jwt.header().path(name));
        assertThat(size(outcome)).isBetween(token.length() - 20, token.length() + 20);
    }

    private static String minted(String template, String... form) {
        return Fapi.require(browser.post("/v1/client/sessions/" + session + "/tokens" + template, form))
                .string("/jwt");
    }

    @Test
    void showsTheTokenThatTheServerMints() {
        isLike(tried("made", "--user", userId), minted("/made"));
        isLike(tried("made", "--user", PERSON.email()), minted("/made"));
        isLike(tried("keyed", "--user", userId), minted("/keyed"), "org");
        isLike(
                tried("session_token", "--user", userId, "--organization", "acme"),
                minted("", "organization_id", organization),
                "sid",
                "fva");
    }

    @Test
    void namesWhatIsNotResolved() {
        assertThat(tried("made", "--user", userId).out())
                .contains("left as they are: {{organization.id}}\n")
                .contains("There are no such shortcodes, so null: user.nickname\n")
                .contains("Without a value for this user, so null: user.last_name, user.first_name\n");
    }

    @Test
    void anOrganizationIsNamedByItsIdOrItsSlug() {
        for (String name : List.of("acme", organization))
            assertThat(claims(tried("keyed", "--user", userId, "--organization", name))
                            .path("org")
                            .asString())
                    .isEqualTo("acme");
        assertThat(claims(tried("keyed", "--user", userId)).path("org").isNull())
                .isTrue();
    }

    @Test
    void aFileThatIsNotSavedYetIsTried() throws IOException {
        Path file = Files.writeString(FOLDER.resolve("claims.json"), "{\"role\": \"{{org.role || 'none'}}\"}");
        Outcome outcome = tried("--claims", file.toString(), "--user", userId);
        assertThat(claims(outcome).path("role").asString()).isEqualTo("none");
        assertThat(header(outcome).path("cat").asString()).isEqualTo("cl_B7d4PD222AAA");
        Outcome session =
                tried("session_token", "--claims", file.toString(), "--user", userId, "--organization", "acme");
        assertThat(claims(session).path("role").asString()).isEqualTo("org:admin");
        assertThat(claims(session).path("v").asInt()).isEqualTo(2);
        Path reserved = Files.writeString(FOLDER.resolve("reserved.json"), "{\"sub\": \"me\"}");
        assertThat(tried("--claims", reserved.toString(), "--user", userId).err())
                .contains("The claim sub is reserved");
    }

    @ParameterizedTest
    @CsvSource({
        "none --user USER, there is no JWT template of the name none",
        "made --user nobody@example.com, there is no user nobody@example.com",
        "made --user USER --organization other, the user is no member of an organization other",
        "--user USER, name a template"
    })
    void whatIsNotThereIsSaidInOneLine(String line, String message) {
        Outcome outcome = tried(line.replace("USER", userId).split(" "));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("usher: " + message);
        assertThat(outcome.errorLines()).hasSize(1);
    }

    @Test
    void aFolderWithoutADatabaseStaysEmpty() {
        Path empty = Launcher.temporaryFolder().resolve("nothing");
        Outcome outcome = Launcher.run("template", "try", "made", "--user", "x", "--data", empty.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no Usher data in");
        assertThat(empty).doesNotExist();
    }

    @Test
    void anInstanceThatIsNotThereIsNotMade() throws IOException {
        Path other = Files.writeString(FOLDER.resolve("other.yaml"), "instance: {name: other}");
        for (int i = 0; i < 2; i++) {
            Outcome outcome = Launcher.run(
                    "template",
                    "try",
                    "made",
                    "--user",
                    userId,
                    "--data",
                    DATA.toString(),
                    "--config",
                    other.toString());
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("holds no instance of the name other");
        }
    }

    @Test
    void theServerIsNotDisturbedAndNotNeeded() {
        Outcome beside = tried("made", "--user", userId);
        assertThat(browser.mint(session).status()).isEqualTo(200);
        process.stop();
        try {
            Outcome after = tried("made", "--user", userId);
            assertThat(claims(after).path("id")).isEqualTo(claims(beside).path("id"));
        } finally {
            process.restart();
        }
    }
}
