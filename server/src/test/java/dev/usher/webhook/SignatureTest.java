package dev.usher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The example that the published verifiers are tested with. */
    @Test
    void signsThePublishedExample() {
        byte[] key = Signature.key(SECRET).orElseThrow();
        Map<String, String> headers = Signature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}",
                List.of(key));
        assertThat(headers)
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry("svix-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry("svix-timestamp", "1614265330");
    }

    @Test
    void signsWithEveryKeyThatIsValid() {
        byte[] one = Signature.key(SECRET).orElseThrow();
        byte[] other = Signature.key(Signature.written(new byte[24])).orElseThrow();
        String both = Signature.headers("msg_1", Instant.EPOCH, "{}", List.of(one, other))
                .get("svix-signature");
        String alone =
                Signature.headers("msg_1", Instant.EPOCH, "{}", List.of(one)).get("svix-signature");
        assertThat(both.split(" ")).hasSize(2).contains(alone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void aSecretOfAnotherFormIsNone(String text) {
        assertThat(Signature.key(Secret.of(text))).isEmpty();
    }
}
