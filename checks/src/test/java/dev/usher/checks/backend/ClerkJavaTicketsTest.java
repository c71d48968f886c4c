package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.ActorToken;
import com.clerk.backend_api.models.components.Invitation;
import com.clerk.backend_api.models.components.SignInToken;
import com.clerk.backend_api.models.operations.Actor;
import com.clerk.backend_api.models.operations.CreateActorTokenRequestBody;
import com.clerk.backend_api.models.operations.CreateInvitationRequestBody;
import com.clerk.backend_api.models.operations.CreateSignInTokenRequestBody;
import com.clerk.backend_api.models.operations.CreateUserRequestBody;
import com.clerk.backend_api.models.operations.ListInvitationsRequest;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.clerk:backend-api, as it is published, makes tickets and takes them back. */
class ClerkJavaTicketsTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private Clerk clerk;

    @BeforeEach
    void aClient() {
        clerk = Clerk.builder()
                .serverURL(usher.proxy().url() + "/v1")
                .bearerAuth(usher.process().key("CLERK_SECRET_KEY"))
                .build();
    }

    private String user(String address) {
        return clerk.users()
                .create(CreateUserRequestBody.builder()
                        .emailAddress(List.of(address))
                        .password("correct horse battery")
                        .build())
                .user()
                .orElseThrow()
                .id();
    }

    @Test
    void signInTokens() {
        String userId = user("ada@example.com");
        var body = CreateSignInTokenRequestBody.builder()
                .userId(userId)
                .expiresInSeconds(600L)
                .build();
        SignInToken made = clerk.signInTokens()
                .create(Optional.of(body), Optional.empty())
                .signInToken()
                .orElseThrow();
        assertThat(made.userId()).isEqualTo(userId);
        assertThat(made.url().get()).contains(made.token().orElseThrow());
        SignInToken revoked =
                clerk.signInTokens().revoke(made.id()).signInToken().orElseThrow();
        assertThat(revoked.status().value()).isEqualTo("revoked");
        assertThat(revoked.token()).isEmpty();
    }

    @Test
    void actorTokens() {
        var body = CreateActorTokenRequestBody.builder()
                .userId(user("bea@example.com"))
                .actor(Actor.builder().sub("user_support").build())
                .sessionMaxDurationInSeconds(300L)
                .build();
        ActorToken made = clerk.actorTokens()
                .create(Optional.of(body), Optional.empty())
                .actorToken()
                .orElseThrow();
        assertThat(made.url().orElseThrow()).contains(made.token().orElseThrow());
        assertThat(clerk.actorTokens()
                        .revoke(made.id())
                        .actorToken()
                        .orElseThrow()
                        .status()
                        .value())
                .isEqualTo("revoked");
    }

    @Test
    void invitations() {
        var body = CreateInvitationRequestBody.builder()
                .emailAddress("carl@example.com")
                .publicMetadata(Map.of("plan", "pro"))
                .expiresInDays(3L)
                .build();
        Invitation made = clerk.invitations()
                .create(Optional.of(body), Optional.empty())
                .invitation()
                .orElseThrow();
        assertThat(made.publicMetadata()).containsEntry("plan", "pro");
        assertThat(clerk.invitations()
                        .list(ListInvitationsRequest.builder().build())
                        .invitationList()
                        .orElseThrow())
                .extracting(Invitation::id)
                .contains(made.id());
        assertThat(clerk.invitations().revoke(made.id()).invitationRevoked()).isPresent();
    }

    @Test
    void testingTokens() {
        assertThat(clerk.testingTokens()
                        .createDirect()
                        .testingToken()
                        .orElseThrow()
                        .token())
                .isNotBlank();
    }
}
