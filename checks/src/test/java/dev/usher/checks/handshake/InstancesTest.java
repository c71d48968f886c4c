package dev.usher.checks.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several instances in one process: whatever is one's is unknown to the others. */
class InstancesTest {
    @RegisterExtension
    static final RunningUsher usher = Site.server();

    private static final Person person = Person.fresh();
    private static final Visitor owner = new Visitor(Site.live(usher));
    private static String session = "";
    private static String user = "";
    private static String email = "";

    private static Site live() {
        return Site.live(usher);
    }

    private static Site other() {
        return Site.other(usher);
    }

    @BeforeAll
    static void signSomebodyUp() {
        Visitor visitor = new Visitor(live());
        session = visitor.signUp(person);
        Answer client = visitor.get("/v1/client");
        user = client.string("/response/sessions/0/user/id");
        email = client.string("/response/sessions/0/user/email_addresses/0/id");
        owner.apiCookies.putAll(visitor.apiCookies);
    }

    @Test
    void aHostThatIsNobodysIsRefused() {
        Site nobodys = new Site(usher, "clerk.example.net", "https://app.example.net", "");
        assertThat(nobodys.send(Call.of("GET", "/v1/environment")).code()).isEqualTo("host_invalid");
    }

    @Test
    void eachHasItsOwnKeys() {
        Jwt token = Jwt.parse(
                owner.post("/v1/client/sessions/" + session + "/tokens").string("/jwt"));
        String kid = token.header().path("kid").asString();
        String ours = live().ownServer().get("/v1/jwks").text();
        String theirs = other().ownServer().get("/v1/jwks").text();
        assertThat(ours).contains(kid);
        assertThat(theirs).doesNotContain(kid);
        assertThat(live().send(Call.of("GET", "/.well-known/jwks.json")).text()).isEqualTo(ours);
        assertThat(other().send(Call.of("GET", "/.well-known/jwks.json")).text())
                .isEqualTo(theirs);
        assertThat(token.claims().path("iss").asString()).isEqualTo("https://clerk.example.com");
    }

    @Test
    void aClientsCookieIsWorthNothingAtTheOther() {
        Visitor stranger = new Visitor(other());
        stranger.apiCookies.put("__client", owner.apiCookies.get("__client"));
        assertThat(stranger.get("/v1/client").at("/response").isNull()).isTrue();
        assertThat(stranger.get("/v1/client/sessions/" + session).status()).isIn(401, 404);
        assertThat(stranger.post("/v1/client/sessions/" + session + "/touch").status())
                .isIn(401, 404);
        assertThat(stranger.post("/v1/client/sessions/" + session + "/tokens").status())
                .isIn(401, 404);
        assertThat(stranger.post("/v1/client/sessions/" + session + "/end").status())
                .isIn(401, 404);
        assertThat(stranger.get("/v1/me").status()).isEqualTo(401);
        stranger.apiCookies.put("__client", owner.apiCookies.get("__client"));
        stranger.handshakeTo("https://app.example.org/", "nonce");
        stranger.carryHome(stranger.handshakeTo("https://app.example.org/x", "nonce"));
        assertThat(stranger.pageCookies).containsEntry("__client_uat", "0");
    }

    @Test
    void thePersonIsUnknownAtTheOther() {
        Answer signIn = new Visitor(other())
                .post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password());
        assertThat(signIn.code()).isEqualTo("form_identifier_not_found");
        assertThat(new Visitor(other()).signUp(person))
                .as("and may be somebody else there")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/users/USER",
        "PATCH, /v1/users/USER",
        "DELETE, /v1/users/USER",
        "POST, /v1/users/USER/ban",
        "POST, /v1/users/USER/unban",
        "POST, /v1/users/USER/lock",
        "POST, /v1/users/USER/unlock",
        "PATCH, /v1/users/USER/metadata",
        "GET, /v1/email_addresses/EMAIL",
        "PATCH, /v1/email_addresses/EMAIL",
        "DELETE, /v1/email_addresses/EMAIL"
    })
    void theOthersSecretKeyDoesNotReachIt(String method, String template) {
        String target = template.replace("USER", user).replace("EMAIL", email);
        Answer answer = method.equals("GET") || method.equals("DELETE")
                ? usher.server(Site.OTHER_KEY).send(usher.server(Site.OTHER_KEY).call(method, target))
                : usher.server(Site.OTHER_KEY).send(usher.server(Site.OTHER_KEY).call(method, target, "{}"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(usher.server(Site.LIVE_KEY).get("/v1/users/" + user).status())
                .isEqualTo(200);
    }

    @Test
    void listsAndCountsHaveOnesOwnAlone() {
        assertThat(usher.server(Site.LIVE_KEY).get("/v1/users?user_id=" + user).text())
                .contains(user);
        assertThat(usher.server(Site.OTHER_KEY).get("/v1/users?user_id=" + user).text())
                .isEqualTo("[]");
        assertThat(usher.server(Site.OTHER_KEY).get("/v1/users").text()).doesNotContain(user, session);
    }

    @Test
    void aSettingChangedForOneStaysWithTheOthersAsItWas() {
        var ours = usher.server(Site.LIVE_KEY);
        var theirs = usher.server(Site.OTHER_KEY);
        String before = theirs.get("/v1/instance").text();
        assertThat(ours.patch("/v1/instance", "{\"allowed_origins\":[\"https://app.example.com\",\"https://x.test\"]}")
                        .status())
                .isEqualTo(204);
        assertThat(theirs.get("/v1/instance").text()).isEqualTo(before);
        assertThat(ours.get("/v1/instance").text()).contains("https://x.test");
    }

    @Test
    void noAnswerOfOneNamesAnythingOfTheOther() {
        Pattern ids = Pattern.compile("(user|sess|client|idn|ins)_[0-9A-Za-z]{27}");
        Matcher found = ids.matcher(owner.get("/v1/client").text());
        List<String> own = found.results().map(result -> result.group()).toList();
        assertThat(own).isNotEmpty();
        for (String target : List.of("/v1/users", "/v1/instance", "/v1/jwks"))
            assertThat(usher.server(Site.OTHER_KEY).get(target).text()).doesNotContain(own);
    }
}
