package dev.usher.checks.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Frontend API behind a proxy of the application, and behind one that is trusted by its address. */
class ProxyTest {
    private static final String PROXY = "https://shop.test/__clerk";

    @RegisterExtension
    static final RunningUsher usher = Site.server();

    @RegisterExtension
    static final RunningUsher trusting =
            RunningUsher.inMemory("listen:\n  trusted-proxies: [127.0.0.0/8, \"::1\"]\n" + Site.INSTANCES);

    private static Call proxied(Call call) {
        return call.with("Clerk-Proxy-Url", PROXY)
                .with("Clerk-Secret-Key", Site.LIVE_KEY)
                .with("X-Forwarded-For", "203.0.113.7, 10.0.0.1");
    }

    private static Call signUp(Person person, String origin) {
        return Call.of("POST", "/v1/client/sign_ups?__clerk_api_version=" + Fapi.NEWEST)
                .with("Origin", origin)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(Wire.form("email_address", person.email(), "password", person.password())
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Answer send(Call call) {
        return Site.development(usher).send(call);
    }

    @Test
    void withoutTheKeyOrWithAWrongOneNothingIsServed() {
        Call call = proxied(Call.of("GET", "/v1/client"));
        assertThat(send(call.without("Clerk-Secret-Key")).code()).isEqualTo("proxy_request_missing_secret_key");
        Answer wrong = send(call.without("Clerk-Secret-Key").with("Clerk-Secret-Key", "sk_live_wrong"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("proxy_request_invalid_secret_key");
        assertThat(send(call.without("Clerk-Proxy-Url").with("Clerk-Proxy-Url", "shop"))
                        .code())
                .isEqualTo("invalid_proxy_configuration");
    }

    @Test
    void aProxyThatShowsAllThreeHeadersIsHealthy() {
        String target = "/v1/proxy-health?domain_id=dmn_x";
        assertThat(send(proxied(Call.of("GET", target))).status()).isEqualTo(200);
        assertThat(send(proxied(Call.of("GET", target)).without("X-Forwarded-For"))
                        .code())
                .isEqualTo("invalid_proxy_configuration");
        assertThat(send(Call.of("GET", target)).code()).isEqualTo("invalid_proxy_configuration");
    }

    @Test
    void theKeyNamesTheInstanceAndTheProxysOriginMayCall() {
        Person person = Person.fresh();
        assertThat(send(proxied(signUp(person, "https://shop.test"))).status()).isEqualTo(200);
        assertThat(send(proxied(signUp(Person.fresh(), "https://evil.invalid"))).code())
                .isEqualTo("origin_invalid");
        Answer again = Site.live(usher).send(signUp(person, "https://app.example.com"));
        assertThat(again.status()).as("one instance, by host and by proxy").isIn(200, 422);
    }

    @Test
    void aHandshakeThroughTheProxySetsCookiesOfTheProxysHostAlone() {
        String target = "/v1/client/handshake?format=nonce&redirect_url=";
        Answer own = send(proxied(Call.of("GET", target + "https%3A%2F%2Fshop.test%2Fx")));
        assertThat(own.status()).isEqualTo(307);
        assertThat(own.header("location")).contains("https://shop.test/x");
        assertThat(own.headers("set-cookie"))
                .filteredOn(cookie -> cookie.startsWith("__clerk_handshake_nonce="))
                .singleElement()
                .matches(cookie -> !cookie.contains("Domain=") && cookie.contains("; Secure"));
        Answer elsewhere = send(proxied(Call.of("GET", target + "https%3A%2F%2Fother.test%2Fx")));
        assertThat(elsewhere.code()).isEqualTo("redirect_url_not_associated_with_instance");
        Answer unreachable = send(proxied(Call.of("GET", target + "https%3A%2F%2Fapp.example.com%2Fx")));
        assertThat(unreachable.code())
                .as("its cookies would not come there")
                .isEqualTo("redirect_url_not_associated_with_instance");
    }

    @Test
    void theCallersAddressIsTheFirstThatTheProxyNames() {
        Visitor visitor = new Visitor(Site.live(usher));
        Answer made = signedUp(visitor, "203.0.113.7", true);
        assertThat(made.status()).isEqualTo(200);
        assertThat(address(visitor)).isEqualTo("203.0.113.7");
    }

    @Test
    void nobodysWordIsTakenForTheAddressWithoutAKeyOrTrust() {
        Visitor visitor = new Visitor(Site.live(usher));
        signedUp(visitor, "203.0.113.7", false);
        assertThat(address(visitor)).startsWith("127.");
    }

    @Test
    void ofAChainOfTrustedProxiesTheLastStrangerIsTheCaller() {
        Visitor visitor = new Visitor(Site.live(trusting));
        signedUp(visitor, "198.51.100.1, 203.0.113.9, 127.0.0.5", false);
        assertThat(address(visitor)).isEqualTo("203.0.113.9");
    }

    @Test
    void aTrustedProxyTellsTheHostAndTheScheme() {
        Call call = Call.of("GET", "/v1/environment").with("X-Forwarded-Host", "clerk.example.com");
        assertThat(new Visitor(Site.development(trusting)).send(call).string("/auth_config/id"))
                .isEqualTo(Site.live(trusting)
                        .send(Call.of("GET", "/v1/environment"))
                        .string("/auth_config/id"));
        assertThat(send(call).string("/auth_config/id"))
                .isNotEqualTo(
                        Site.live(usher).send(Call.of("GET", "/v1/environment")).string("/auth_config/id"));
    }

    private static Answer signedUp(Visitor visitor, String forwardedFor, boolean withKey) {
        Person person = Person.fresh();
        Call made = signUp(person, "https://app.example.com").with("X-Forwarded-For", forwardedFor);
        String id = visitor.send(made).string("/response/id");
        visitor.post("/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code");
        Call done = Call.of(
                        "POST",
                        "/v1/client/sign_ups/" + id + "/attempt_verification?__clerk_api_version=" + Fapi.NEWEST)
                .with("Origin", withKey ? "https://shop.test" : "https://app.example.com")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("X-Forwarded-For", forwardedFor)
                .with(Wire.form("strategy", "email_code", "code", "424242").getBytes(StandardCharsets.UTF_8));
        return visitor.send(
                withKey ? done.with("Clerk-Proxy-Url", PROXY).with("Clerk-Secret-Key", Site.LIVE_KEY) : done);
    }

    private static String address(Visitor visitor) {
        return visitor.get("/v1/me/sessions/active").string("/0/latest_activity/ip_address");
    }
}
