package dev.usher.checks.account;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Call;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.Pixels;
import dev.usher.checks.harness.RunningUsher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person's picture, given by themself or by a server. */
class ProfileImageTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Fapi browser = usher.browser();
    private Bapi server;
    private String userId;

    @BeforeEach
    void somebodyIsSignedIn() {
        browser.signUp(Person.fresh());
        userId = Fapi.require(browser.get("/v1/me")).string("/response/id");
        server = usher.server();
    }

    private Call upload() {
        return browser.call("POST", "/v1/me/profile_image");
    }

    private String ofServer() {
        return "/v1/users/" + userId + "/profile_image";
    }

    private static Answer shown(String url) {
        assertThat(url).startsWith(usher.url());
        return usher.get(url.substring(usher.url().length()));
    }

    private void shows(byte[] picture, String type) {
        Answer me = browser.get("/v1/me");
        assertThat(me).has("/response/has_image", "true");
        Answer image = shown(me.string("/response/image_url"));
        assertThat(image.status()).isEqualTo(200);
        assertThat(image.bytes()).isEqualTo(picture);
        assertThat(image.header("content-type")).hasValue(type);
        assertThat(image.header("x-content-type-options")).hasValue("nosniff");
        assertThat(image.header("cache-control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    }

    @Test
    void comesByFormBytesOrDataUrl() {
        Answer done = browser.send(Pixels.form(upload(), Pixels.PNG));
        assertThat(done).isOk().has("/response/object", "image");
        assertThat(done.string("/response/public_url"))
                .isEqualTo(browser.get("/v1/me").string("/response/image_url"))
                .isEqualTo(done.string("/client/sessions/0/user/image_url"));
        shows(Pixels.PNG, "image/png");
        assertThat(browser.send(Pixels.raw(upload(), Pixels.GIF))).isOk();
        shows(Pixels.GIF, "image/gif");
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(Pixels.PNG);
        assertThat(browser.send(Pixels.raw(upload(), url.getBytes(StandardCharsets.US_ASCII))))
                .isOk();
        shows(Pixels.PNG, "image/png");
    }

    @Test
    void isTakenAwayAgain() {
        String url =
                Fapi.require(browser.send(Pixels.raw(upload(), Pixels.PNG))).string("/response/public_url");
        assertThat(browser.delete("/v1/me/profile_image")).isOk().has("/response/deleted", "true");
        assertThat(browser.get("/v1/me")).has("/response/has_image", "false");
        assertThat(shown(url).status()).isEqualTo(404);
        assertThat(browser.delete("/v1/me/profile_image")).isRefused(404, "image_not_found");
    }

    @Test
    void goesWithItsUser() {
        String url =
                Fapi.require(browser.send(Pixels.raw(upload(), Pixels.PNG))).string("/response/public_url");
        Fapi.require(server.delete("/v1/users/" + userId));
        assertThat(shown(url).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoPictureOrTooLargeIsRefused() {
        assertThat(browser.send(Pixels.form(upload(), Pixels.SCRIPT))).isRefused(400, "request_body_invalid");
        assertThat(browser.send(Pixels.raw(upload(), new byte[0]))).isRefused(400, "request_body_invalid");
        byte[] large = Arrays.copyOf(Pixels.PNG, 10 * 1024 * 1024 + 1);
        assertThat(browser.send(Pixels.raw(upload(), large))).isRefused(413, "image_too_large");
        assertThat(browser.send(Pixels.as(upload(), "image/png", Pixels.PNG)))
                .isRefused(415, "unsupported_content_type");
        assertThat(browser.get("/v1/me")).has("/response/has_image", "false");
    }

    @Test
    void isForWhoIsSignedIn() {
        Fapi stranger = usher.browser();
        Fapi.require(stranger.post("/v1/client"));
        Call call = Pixels.raw(stranger.call("POST", "/v1/me/profile_image"), Pixels.PNG);
        assertThat(stranger.send(call).status()).isEqualTo(401);
    }

    @Test
    void isGivenAndTakenByAServer() {
        Answer done = server.send(Pixels.form(server.call("POST", ofServer()), Pixels.PNG));
        assertThat(done).isOk().has("/object", "user").has("/has_image", "true");
        shows(Pixels.PNG, "image/png");
        assertThat(server.send(Pixels.form(server.call("POST", ofServer()), Pixels.SCRIPT)))
                .isRefused(400, "request_body_invalid");
        assertThat(server.delete(ofServer())).isOk().has("/has_image", "false");
        assertThat(server.delete(ofServer())).isRefused(404, "image_not_found");
        assertThat(server.delete("/v1/users/user_nobody/profile_image").status())
                .isEqualTo(404);
    }

    @Test
    void whoHasNoneIsShownByInitials() {
        Fapi.require(browser.patch("/v1/me", "first_name", "ada", "last_name", "<b>lovelace"));
        String url = browser.get("/v1/me").string("/response/image_url");
        Answer image = shown(url);
        assertThat(url).contains("avatar_placeholder");
        assertThat(image.header("content-type")).hasValue("image/svg+xml");
        assertThat(image.text()).contains(">A</text>");
        assertThat(shown(url.replaceFirst("placeholder/.*", "placeholder/0%3Cb%3E"))
                        .status())
                .isEqualTo(404);
        Fapi.require(browser.patch("/v1/me", "last_name", "Lovelace"));
        assertThat(shown(browser.get("/v1/me").string("/response/image_url")).text())
                .contains(">AL</text>");
    }
}
