package dev.usher.checks.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The redirect by which a server learns who is signed in, with a server that does what @clerk/backend does with it. */
class HandshakeTest {
    @RegisterExtension
    static final RunningUsher usher = Site.server();

    private Site development;
    private Site live;

    @BeforeEach
    void findTheSites() {
        development = Site.development(usher);
        live = Site.live(usher);
    }

    @Test
    void aFirstVisitInDevelopmentEndsSignedOutWithADevelopmentBrowser() {
        Visitor visitor = new Visitor(development);
        Answer answer = visitor.handshake();
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.header("location").orElseThrow())
                .startsWith("http://localhost:3000/page?a=1&b=%26&__clerk_handshake_nonce=")
                .endsWith("#part");
        visitor.carryHome(answer);
        assertThat(visitor.pageCookies.get("__clerk_db_jwt")).startsWith("dvb_");
        assertThat(visitor.pageCookie("__clerk_db_jwt_")).isEqualTo(visitor.pageCookies.get("__clerk_db_jwt"));
        assertThat(visitor.pageCookies).containsEntry("__client_uat", "0").doesNotContainKey("__session");
    }

    @Test
    void aSignedInBrowserGetsATokenThatItsServerBelieves() throws GeneralSecurityException {
        for (Site site : List.of(development, live)) {
            Visitor visitor = new Visitor(site);
            String session = visitor.signUp(Person.fresh());
            visitor.carryHome(visitor.handshake());
            Jwt token = visitor.token();
            assertThat(token.claims().path("sid").asString()).isEqualTo(session);
            assertThat(token.claims().path("azp").asString()).isEqualTo(site.origin());
            assertThat(token.header().path("cat").asString()).isEqualTo("cl_B7d4PD111AAA");
            var keys = site.ownServer().get("/v1/jwks").json();
            assertThat(token.verifies(Jwt.key(keys, token.header().path("kid").asString())))
                    .isTrue();
            long since = Long.parseLong(visitor.pageCookies.get("__client_uat"));
            assertThat(since)
                    .isPositive()
                    .isLessThanOrEqualTo(token.claims().path("iat").asLong());
            assertThat(visitor.pageCookie("__client_uat_")).isEqualTo(String.valueOf(since));
            assertThat(visitor.pageCookie("__session_")).isEqualTo(visitor.pageCookies.get("__session"));
        }
    }

    @Test
    void theDevelopmentBrowserThatComesOutLeadsToTheSameSessionsAsTheCookie() {
        Visitor visitor = new Visitor(development);
        String session = visitor.signUp(Person.fresh());
        visitor.carryHome(visitor.handshake());
        visitor.apiCookies.clear();
        Answer client = visitor.get("/v1/client?__clerk_db_jwt=" + visitor.pageCookies.get("__clerk_db_jwt"));
        assertThat(client.string("/response/sessions/0/id")).isEqualTo(session);
        visitor.carryHome(visitor.handshake());
        assertThat(visitor.token().claims().path("sid").asString()).isEqualTo(session);
    }

    @Test
    void anAddressCannotTieAStrangersDevelopmentBrowserToSomebodysSessions() {
        String strangers =
                Fapi.require(new Visitor(development).post("/v1/dev_browser")).string("/id");
        Visitor victim = new Visitor(development);
        victim.signUp(Person.fresh());
        victim.pageCookies.put("__clerk_db_jwt", strangers);
        victim.carryHome(victim.handshake());
        assertThat(victim.pageCookies.get("__clerk_db_jwt")).isNotEqualTo(strangers);
        Answer seen = new Visitor(development).get("/v1/client?__clerk_db_jwt=" + strangers);
        assertThat(seen.at("/response/sessions").size()).isZero();
    }

    @Test
    void inProductionTheCookiesAreForTheDomainAndTheNonceIsInNoAddress() {
        Visitor visitor = new Visitor(live);
        visitor.signUp(Person.fresh());
        assertThat(visitor.pageCookies).as("set by the Frontend API at sign-in").containsKey("__client_uat");
        Answer answer = visitor.handshake();
        assertThat(answer.header("location")).contains("https://app.example.com/page?a=1&b=%26#part");
        assertThat(answer.headers("set-cookie"))
                .anyMatch(cookie -> cookie.startsWith("__clerk_handshake_nonce=")
                        && cookie.contains("; Domain=example.com")
                        && cookie.contains("; HttpOnly")
                        && cookie.contains("; Secure"));
        List<String> directives = visitor.carryHome(answer);
        assertThat(directives).allMatch(cookie -> cookie.contains("; Secure") && cookie.contains("; SameSite=Lax"));
        assertThat(directives)
                .filteredOn(cookie -> cookie.startsWith("__client_uat"))
                .hasSize(2)
                .allMatch(cookie -> cookie.endsWith("; Domain=example.com"));
        assertThat(directives)
                .filteredOn(cookie -> cookie.startsWith("__refresh_"))
                .singleElement()
                .matches(cookie -> cookie.contains("; HttpOnly") && !cookie.contains("Domain="));
        assertThat(visitor.pageCookies).doesNotContainKey("__clerk_handshake_nonce");
        assertThat(visitor.pageCookies).doesNotContainKey("__clerk_db_jwt");
    }

    @Test
    void theMarkOfBeingSignedInFollowsEverySignInAndSignOut() {
        Visitor visitor = new Visitor(live);
        visitor.signUp(Person.fresh());
        assertThat(visitor.pageCookies.get("__client_uat")).isNotEqualTo("0");
        visitor.pageCookies.clear();
        visitor.apiCookies.remove("__client_uat");
        visitor.get("/v1/client");
        assertThat(visitor.pageCookies).as("lost and given again").containsKey("__client_uat");
        visitor.post("/v1/client/sessions?_method=DELETE");
        assertThat(visitor.pageCookies).containsEntry("__client_uat", "0");
        assertThat(visitor.pageCookie("__client_uat_")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "remove"})
    void aClosedSessionLeavesThePageSignedOut(String how) {
        Visitor visitor = new Visitor(live);
        String session = visitor.signUp(Person.fresh());
        visitor.carryHome(visitor.handshake());
        visitor.post("/v1/client/sessions/" + session + "/" + how);
        List<String> directives = visitor.carryHome(visitor.handshake());
        assertThat(visitor.pageCookies).containsEntry("__client_uat", "0").doesNotContainKey("__session");
        assertThat(visitor.pageCookie("__refresh_")).isEmpty();
        assertThat(directives)
                .filteredOn(cookie -> cookie.startsWith("__session"))
                .allMatch(cookie -> cookie.contains("=; "));
    }

    @Test
    void aNonceIsRedeemedOnceByItsOwnInstanceAndSoon() {
        Visitor visitor = new Visitor(live);
        String target = "/v1/clients/handshake_payload?nonce=";
        visitor.handshake();
        String nonce = visitor.pageCookies.get("__clerk_handshake_nonce");
        assertThat(live.server(Site.OTHER_KEY).get(target + nonce).status()).isEqualTo(404);
        assertThat(live.ownServer().get(target + nonce).header("content-type")).contains("application/json");
        assertThat(live.ownServer().get(target + nonce).status()).isEqualTo(404);
        assertThat(live.ownServer().get(target + "invented").status()).isEqualTo(404);
        visitor.handshake();
        usher.advance(Duration.ofSeconds(61));
        assertThat(live.ownServer()
                        .get(target + visitor.pageCookies.get("__clerk_handshake_nonce"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ofManyWhoRedeemANonceAtOnceOneGetsIt() {
        Contest.rounds(20, () -> {
            Visitor visitor = new Visitor(development);
            String nonce = visitor.nonce(visitor.handshake());
            Contest.winner(
                    answer -> answer.status() == 404,
                    i -> () -> development.ownServer().get("/v1/clients/handshake_payload?nonce=" + nonce));
        });
    }

    @Test
    void withoutANonceTheDirectivesComeAsATokenOfTheInstance() throws GeneralSecurityException {
        Visitor visitor = new Visitor(development);
        visitor.signUp(Person.fresh());
        Answer answer = visitor.handshakeTo("http://localhost:3000/", "token");
        Jwt handshake = Jwt.parse(Visitor.parameter(answer.header("location").orElseThrow(), "__clerk_handshake"));
        var keys = development.ownServer().get("/v1/jwks").json();
        assertThat(handshake.verifies(
                        Jwt.key(keys, handshake.header().path("kid").asString())))
                .isTrue();
        assertThat(handshake.header().path("cat").asString()).isEqualTo("cl_B7d4PD111AAA");
        assertThat(handshake.claims().path("handshake").valueStream().map(node -> node.asString()))
                .anyMatch(cookie -> cookie.startsWith("__session="));
    }

    @Test
    void whatAnEarlierHandshakeLeftInTheAddressIsTakenOut() {
        Visitor visitor = new Visitor(development);
        String left = "http://localhost:3000/?__clerk_db_jwt=x&keep=%2F&__clerk_handshake_nonce=y&__clerk_handshake=z";
        Answer answer = visitor.handshakeTo(left, "nonce");
        assertThat(answer.header("location").orElseThrow())
                .startsWith("http://localhost:3000/?keep=%2F&__clerk_handshake_nonce=")
                .doesNotContain("__clerk_db_jwt", "=y", "=z");
    }

    @Test
    void theFourthHopWithinSecondsEndsOnAPageThatSaysWhy() {
        Visitor visitor = new Visitor(development);
        for (int hop = 0; hop < 3; hop++)
            assertThat(visitor.handshake().status()).isEqualTo(307);
        Answer page = visitor.handshake();
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.header("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.text()).contains("session-token-expired").contains("clocks");
        assertThat(visitor.handshake().status())
                .as("a new try begins to count anew")
                .isEqualTo(307);
        assertThat(visitor.handshakeTo("http://localhost:3000/elsewhere", "nonce")
                        .status())
                .isEqualTo(307);
    }

    @Test
    void thePageThatEndsACircleRepeatsNothingOfTheRequest() {
        Visitor visitor = new Visitor(development);
        String target = "/v1/client/handshake?__clerk_hs_reason=%3Cscript%3Ealert(1)%3C/script%3E&redirect_url="
                + "http%3A%2F%2Flocalhost%3A3000%2F%3Cb%3E";
        visitor.get(target.replace("%3Cb%3E", ""));
        for (int hop = 0; hop < 2; hop++) visitor.get(target.replace("%3Cb%3E", ""));
        Answer page = visitor.get(target.replace("%3Cb%3E", ""));
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text()).contains("unknown").doesNotContain("script", "alert");
    }

    @Test
    void aVisitRenewsTheClientsCookie() {
        Visitor visitor = new Visitor(live);
        visitor.signUp(Person.fresh());
        long before =
                visitor.get("/v1/client").at("/response/cookie_expires_at").asLong();
        String cookie = visitor.apiCookies.get("__client");
        usher.advance(Duration.ofDays(2));
        Answer answer = visitor.get("/v1/client/touch?redirect_url=https%3A%2F%2Fapp.example.com%2Fx");
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("location")).contains("https://app.example.com/x");
        assertThat(visitor.apiCookies).containsEntry("__client", cookie);
        long after = visitor.get("/v1/client").at("/response/cookie_expires_at").asLong();
        assertThat(after - before).isGreaterThanOrEqualTo(Duration.ofDays(2).toMillis());
    }
}
