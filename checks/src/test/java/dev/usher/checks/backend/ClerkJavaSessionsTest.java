package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.Session;
import com.clerk.backend_api.models.operations.CreateSessionRequestBody;
import com.clerk.backend_api.models.operations.CreateSessionTokenRequestBody;
import com.clerk.backend_api.models.operations.GetSessionListRequest;
import com.clerk.backend_api.models.operations.VerifyClientRequestBody;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.clerk:backend-api, as it is published, reads and revokes sessions and mints for them. */
class ClerkJavaSessionsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private final Clerk clerk = Clerk.builder()
            .serverURL(usher.proxy().url() + "/v1")
            .bearerAuth(usher.process().key("CLERK_SECRET_KEY"))
            .build();

    private Session read(String id) {
        return clerk.sessions().get(id).session().orElseThrow();
    }

    @Test
    void sessionsAreMadeListedAndRevoked() {
        String userId = read(usher.browser().signUp(Person.fresh())).userId();
        Session made = clerk.sessions()
                .create(
                        Optional.of(CreateSessionRequestBody.builder()
                                .userId(userId)
                                .build()),
                        Optional.empty())
                .session()
                .orElseThrow();
        assertThat(clerk.sessions()
                        .list(GetSessionListRequest.builder().userId(userId).build())
                        .sessionList()
                        .orElseThrow())
                .hasSize(2)
                .first()
                .extracting(Session::id)
                .isEqualTo(made.id());
        assertThat(clerk.sessions()
                        .revoke(made.id())
                        .session()
                        .orElseThrow()
                        .status()
                        .value())
                .isEqualTo("revoked");
    }

    @Test
    void tokensAreMinted() {
        String session = usher.browser().signUp(Person.fresh());
        String jwt = clerk.sessions()
                .createToken(
                        session,
                        Optional.of(CreateSessionTokenRequestBody.builder()
                                .expiresInSeconds(90L)
                                .build()),
                        Optional.empty())
                .object()
                .orElseThrow()
                .jwt()
                .orElseThrow();
        var claims = Jwt.parse(jwt).claims();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(90);
    }

    @Test
    void clientsAreRead() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        String clientId = read(session).clientId();
        assertThat(clerk.clients().get(clientId).client().orElseThrow().sessionIds())
                .containsExactly(session);
        var token =
                VerifyClientRequestBody.builder().token(browser.credential()).build();
        assertThat(clerk.clients()
                        .verify(Optional.of(token), Optional.empty())
                        .client()
                        .orElseThrow()
                        .id())
                .isEqualTo(clientId);
        assertThat(clerk.clients().listDirect().clientList().orElseThrow()).isNotEmpty();
    }
}
