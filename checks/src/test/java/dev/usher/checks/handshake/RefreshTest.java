package dev.usher.checks.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Contest;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** The renewal of expired session tokens by servers, without the browser. */
class RefreshTest {
    @RegisterExtension
    static final RunningUsher usher = Site.server();

    /** What a server has of a page: two cookies. */
    private record Held(String session, String expiredToken, String refreshToken) {
        String body() {
            return body("https://app.example.com");
        }

        String body(String origin) {
            return JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "expired_token",
                            expiredToken,
                            "refresh_token",
                            refreshToken,
                            "request_origin",
                            origin,
                            "request_headers",
                            Map.of("accept", List.of("text/html")),
                            "suffixed_cookies",
                            true,
                            "format",
                            "cookie"));
        }

        Held token(String other) {
            return new Held(session, other, refreshToken);
        }

        Held refresh(String other) {
            return new Held(session, expiredToken, other);
        }

        Held ofSession(String other) {
            return new Held(other, expiredToken, refreshToken);
        }
    }

    private static Held signedIn(Visitor visitor) {
        String session = visitor.signUp(Person.fresh());
        return afterHandshake(visitor, session);
    }

    private static Held afterHandshake(Visitor visitor, String session) {
        visitor.carryHome(visitor.handshakeTo("https://app.example.com/" + System.nanoTime(), "nonce"));
        return new Held(session, visitor.pageCookies.get("__session"), visitor.pageCookie("__refresh_"));
    }

    private static Held expired() {
        Held held = signedIn(visitor());
        usher.advance(Duration.ofSeconds(61));
        return held;
    }

    private static Visitor visitor() {
        return new Visitor(Site.live(usher));
    }

    private static Answer refresh(Held held) {
        return refresh(held, held.body());
    }

    private static Answer refresh(Held held, String body) {
        return Site.live(usher).ownServer().post("/v1/sessions/" + held.session() + "/refresh", body);
    }

    private static String cookie(Answer answer, String prefix) {
        return answer.at("/cookies")
                .valueStream()
                .map(node -> node.asString())
                .filter(cookie -> cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1).split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static Held next(Held held, Answer answer) {
        return new Held(held.session(), cookie(answer, "__session="), cookie(answer, "__refresh_"));
    }

    @Test
    void anExpiredTokenIsExchangedForAFreshOneWithTheNextRefreshToken() {
        Held held = expired();
        for (int turn = 0; turn < 3; turn++) {
            Answer answer = refresh(held);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            Jwt token = Jwt.parse(cookie(answer, "__session="));
            assertThat(token.claims().path("sid").asString()).isEqualTo(held.session());
            assertThat(token.claims().path("azp").asString()).isEqualTo("https://app.example.com");
            assertThat(Long.parseLong(cookie(answer, "__client_uat=")))
                    .isLessThanOrEqualTo(token.claims().path("iat").asLong());
            Held next = next(held, answer);
            assertThat(next.refreshToken()).isNotEqualTo(held.refreshToken());
            held = next;
            usher.advance(Duration.ofSeconds(61));
        }
    }

    @Test
    void thePagesParallelRequestsAreRefusedAndNobodyIsSignedOut() {
        Contest.rounds(20, () -> {
            Held held = expired();
            AtomicReference<Answer> renewed = new AtomicReference<>();
            Contest.winner(Contest.with("session_refresh_expired_session_token_consumed"), i -> () -> {
                Answer answer = refresh(held);
                if (answer.status() == 200) renewed.set(answer);
                return answer;
            });
            usher.advance(Duration.ofSeconds(61));
            assertThat(refresh(next(held, renewed.get())).status()).isEqualTo(200);
        });
    }

    @Test
    void aSpentTokenThatComesAgainEndsTheSessionAndIsReported() {
        Held stolen = expired();
        Held next = next(stolen, refresh(stolen));
        usher.advance(Duration.ofSeconds(61));
        Answer again = refresh(stolen.token(next.expiredToken()));
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("refresh_token_not_found");
        assertThat(refresh(next).code()).isEqualTo("session_refresh_inactive_session");
        assertThat(usher.process().output()).contains(stolen.session() + " was ended");
    }

    @Test
    void aHandshakeTakesTheForceFromTheRefreshTokenBeforeIt() {
        Visitor visitor = visitor();
        Held before = signedIn(visitor);
        Held after = afterHandshake(visitor, before.session());
        usher.advance(Duration.ofSeconds(61));
        assertThat(refresh(before).code()).isEqualTo("refresh_token_not_found");
        assertThat(refresh(after).status()).isEqualTo(200);
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedByItsName() {
        Held held = expired();
        Held other = expired();
        assertThat(refresh(held, held.body("no origin")).code()).isEqualTo("refresh_request_origin_invalid");
        assertThat(refresh(held, held.body("https://www.example.com")).code())
                .isEqualTo("refresh_request_origin_azp_mismatch");
        assertThat(refresh(held.token("a.b.c")).code()).isEqualTo("expired_session_token_invalid");
        assertThat(refresh(held.token(altered(held.expiredToken()))).code()).isEqualTo("expired_session_token_invalid");
        assertThat(refresh(held.token(other.expiredToken())).code()).isEqualTo("refresh_sid_mismatch");
        assertThat(refresh(held.ofSession(other.session())).code()).isEqualTo("refresh_sid_mismatch");
        assertThat(refresh(held.refresh(other.refreshToken())).code()).isEqualTo("refresh_token_not_found");
        assertThat(refresh(held.refresh("invented")).code()).isEqualTo("refresh_token_not_found");
        assertThat(refresh(held).status()).as("and none of that spent anything").isEqualTo(200);
    }

    private static String altered(String token) {
        int dot = token.indexOf('.');
        return token.substring(0, dot + 5) + (token.charAt(dot + 5) == 'A' ? 'B' : 'A') + token.substring(dot + 6);
    }

    @Test
    void aTokenThatIsStillGoodOrTooOldIsNotExchanged() {
        Held held = signedIn(visitor());
        assertThat(refresh(held).code()).isEqualTo("session_refresh_session_token_ineligible");
        usher.advance(Duration.ofDays(8));
        assertThat(refresh(held).code()).isEqualTo("session_refresh_expired_session_token_too_old");
    }

    @Test
    void aClosedSessionAndAnotherInstancesAreNotRefreshed() {
        Visitor visitor = visitor();
        Held held = signedIn(visitor);
        visitor.post("/v1/client/sessions/" + held.session() + "/end");
        usher.advance(Duration.ofSeconds(61));
        assertThat(refresh(held).code()).isEqualTo("session_refresh_inactive_session");
        Held open = expired();
        Answer foreign = Site.live(usher)
                .server(Site.OTHER_KEY)
                .post("/v1/sessions/" + open.session() + "/refresh", open.body());
        assertThat(foreign.code()).isEqualTo("expired_session_token_invalid");
    }

    @Test
    void withoutAFieldTheRequestSaysWhich() {
        Held held = expired();
        List<String> codes = new ArrayList<>();
        for (String field : List.of("expired_token", "refresh_token", "request_origin"))
            codes.add(refresh(held, held.body().replace('"' + field + '"', "\"request_originating_ip\""))
                    .code());
        assertThat(codes).containsOnly("form_param_missing");
    }
}
