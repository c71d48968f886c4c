package dev.usher.checks.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.clerk.backend_api.Clerk;
import com.clerk.backend_api.models.components.EmailAddress;
import com.clerk.backend_api.models.components.PhoneNumber;
import com.clerk.backend_api.models.components.User;
import com.clerk.backend_api.models.errors.ClerkErrors;
import com.clerk.backend_api.models.operations.AttemptEmailAddressVerificationRequestBody;
import com.clerk.backend_api.models.operations.CreateEmailAddressRequestBody;
import com.clerk.backend_api.models.operations.CreatePhoneNumberRequestBody;
import com.clerk.backend_api.models.operations.CreateUserRequestBody;
import com.clerk.backend_api.models.operations.GetUserListRequest;
import com.clerk.backend_api.models.operations.GetUsersCountRequest;
import com.clerk.backend_api.models.operations.ReplaceUserMetadataRequestBody;
import com.clerk.backend_api.models.operations.UpdateEmailAddressRequestBody;
import com.clerk.backend_api.models.operations.UpdateInstanceRequestBody;
import com.clerk.backend_api.models.operations.UpdatePhoneNumberRequestBody;
import com.clerk.backend_api.models.operations.UpdateUserMetadataRequestBody;
import com.clerk.backend_api.models.operations.UpdateUserRequestBody;
import com.clerk.backend_api.models.operations.UsersBanRequestBody;
import com.clerk.backend_api.models.operations.UsersUnbanRequestBody;
import com.clerk.backend_api.models.operations.VerifyPasswordRequestBody;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.clerk:backend-api, as it is published, administers users and the instance. */
class ClerkJavaTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PASSWORD = "correct horse battery";

    private Clerk clerk;
    private String name;

    @BeforeEach
    void aClient() {
        clerk = clerk(usher.process().key("CLERK_SECRET_KEY"));
        name = "java" + COUNT.incrementAndGet();
    }

    private static Clerk clerk(String secretKey) {
        return Clerk.builder()
                .serverURL(usher.proxy().url() + "/v1")
                .bearerAuth(secretKey)
                .build();
    }

    private User user() {
        return clerk.users()
                .create(CreateUserRequestBody.builder()
                        .emailAddress(List.of(name + "@example.com"))
                        .username(name)
                        .password(PASSWORD)
                        .firstName("Ada")
                        .publicMetadata(Map.of("plan", "pro", "nested", Map.of("kept", 1)))
                        .privateMetadata(Map.of("crm", 7))
                        .createdAt("2020-01-01T00:00:00Z")
                        .build())
                .user()
                .orElseThrow();
    }

    private User read(String id) {
        return clerk.users().get(id).user().orElseThrow();
    }

    private static void refused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call)
                .asInstanceOf(type(ClerkErrors.class))
                .satisfies(errors -> assertThat(errors.code() + " "
                                + errors.errors().orElseThrow().getFirst().code())
                        .isEqualTo(status + " " + code));
    }

    @Test
    void makesAndReadsAUser() {
        User made = user();
        assertThat(made.username()).contains(name);
        assertThat(made.createdAt()).isEqualTo(1577836800000L);
        assertThat(made.privateMetadata().get()).containsEntry("crm", 7);
        assertThat(made.emailAddresses().getFirst().emailAddress()).isEqualTo(name + "@example.com");
        assertThat(read(made.id()).firstName()).contains("Ada");
        refused(() -> read("user_nobody"), 404, "resource_not_found");
        refused(this::user, 422, "form_identifier_exists");
    }

    @Test
    void listsAndCountsUsers() {
        User made = user();
        var list = clerk.users()
                .list(GetUserListRequest.builder()
                        .emailAddress(List.of(name + "@example.com", "nobody@example.com"))
                        .userId(List.of("+" + made.id()))
                        .query(name)
                        .orderBy("-created_at")
                        .limit(5L)
                        .build())
                .userList()
                .orElseThrow();
        assertThat(list).extracting(User::id).containsExactly(made.id());
        var count = clerk.users()
                .count(GetUsersCountRequest.builder().username(List.of(name)).build());
        assertThat(count.totalCount().orElseThrow().totalCount()).isEqualTo(1);
        refused(
                () -> clerk.users()
                        .list(GetUserListRequest.builder().orderBy("password").build()),
                422,
                "form_param_value_invalid");
    }

    @Test
    void changesAUserAndTheMetadata() {
        String id = user().id();
        var change = UpdateUserRequestBody.builder()
                .lastName("Lovelace")
                .externalId(name)
                .build();
        assertThat(clerk.users().update(id, change).user().orElseThrow().externalId())
                .contains(name);
        clerk.users()
                .updateMetadata()
                .userId(id)
                .requestBody(UpdateUserMetadataRequestBody.builder()
                        .publicMetadata(Map.of("nested", Map.of("added", 2)))
                        .build())
                .call();
        assertThat(read(id).publicMetadata()).isEqualTo(Map.of("plan", "pro", "nested", Map.of("kept", 1, "added", 2)));
        clerk.users()
                .replaceMetadata()
                .userId(id)
                .requestBody(ReplaceUserMetadataRequestBody.builder()
                        .publicMetadata(Map.of("only", "this"))
                        .build())
                .call();
        assertThat(read(id).publicMetadata()).isEqualTo(Map.of("only", "this"));
        assertThat(read(id).lastName()).contains("Lovelace");
    }

    @Test
    void bansLocksAndDeletesAUser() {
        String id = user().id();
        assertThat(clerk.users().ban(id).user().orElseThrow().banned()).isTrue();
        assertThat(clerk.users().unban(id).user().orElseThrow().banned()).isFalse();
        clerk.users().bulkBan(UsersBanRequestBody.builder().userIds(List.of(id)).build());
        assertThat(read(id).banned()).isTrue();
        clerk.users()
                .bulkUnban(UsersUnbanRequestBody.builder().userIds(List.of(id)).build());
        assertThat(read(id).banned()).isFalse();
        assertThat(clerk.users().lock(id).user().orElseThrow().locked()).isTrue();
        assertThat(clerk.users().unlock(id).user().orElseThrow().locked()).isFalse();
        assertThat(clerk.users().delete(id).deletedObject().orElseThrow().deleted())
                .isTrue();
        refused(() -> read(id), 404, "resource_not_found");
    }

    @Test
    void verifiesAPasswordAndMarksItAsCompromised() {
        String id = user().id();
        var right = VerifyPasswordRequestBody.builder().password(PASSWORD).build();
        assertThat(clerk.users()
                        .verifyPassword()
                        .userId(id)
                        .requestBody(right)
                        .call()
                        .object()
                        .orElseThrow()
                        .verified())
                .contains(true);
        clerk.users().setPasswordCompromised().userId(id).call();
        clerk.users().unsetPasswordCompromised().userId(id).call();
        assertThat(read(id).passwordEnabled()).isTrue();
    }

    @Test
    void givesAndTakesEmailAddresses() {
        String userId = user().id();
        EmailAddress made = clerk.emailAddresses()
                .create()
                .request(CreateEmailAddressRequestBody.builder()
                        .userId(userId)
                        .emailAddress("second+clerk_test." + name + "@example.com")
                        .build())
                .call()
                .emailAddress()
                .orElseThrow();
        String id = made.id().orElseThrow();
        var sent = clerk.emailAddresses().prepareVerification(id);
        String verificationId = sent.verificationResponse().orElseThrow().id().orElseThrow();
        var attempt = AttemptEmailAddressVerificationRequestBody.builder()
                .verificationId(verificationId)
                .code("424242")
                .build();
        assertThat(clerk.emailAddresses()
                        .attemptVerification(id, attempt)
                        .verificationResponse()
                        .orElseThrow()
                        .status())
                .contains("verified");
        clerk.emailAddresses()
                .update()
                .emailAddressId(id)
                .requestBody(
                        UpdateEmailAddressRequestBody.builder().primary(true).build())
                .call();
        assertThat(read(userId).primaryEmailAddressId()).contains(id);
        assertThat(clerk.emailAddresses().get(id).emailAddress().orElseThrow().emailAddress())
                .isEqualTo(made.emailAddress());
        clerk.emailAddresses().delete(id);
        refused(() -> clerk.emailAddresses().get(id), 404, "resource_not_found");
    }

    @Test
    void givesAndTakesPhoneNumbers() {
        String userId = user().id();
        PhoneNumber made = clerk.phoneNumbers()
                .create()
                .request(CreatePhoneNumberRequestBody.builder()
                        .userId(userId)
                        .phoneNumber("+12015550160")
                        .verified(true)
                        .build())
                .call()
                .phoneNumber()
                .orElseThrow();
        String id = made.id().orElseThrow();
        var use = UpdatePhoneNumberRequestBody.builder()
                .reservedForSecondFactor(true)
                .build();
        clerk.phoneNumbers().update().phoneNumberId(id).requestBody(use).call();
        assertThat(read(userId).twoFactorEnabled()).isTrue();
        assertThat(clerk.phoneNumbers().get(id).phoneNumber().orElseThrow().reservedForSecondFactor())
                .contains(true);
        clerk.phoneNumbers().delete(id);
        refused(() -> clerk.phoneNumbers().get(id), 404, "resource_not_found");
    }

    @Test
    void readsAndChangesTheInstance() {
        var change = UpdateInstanceRequestBody.builder()
                .allowedOrigins(List.of("https://app.example"))
                .build();
        clerk.instanceSettings().update().request(change).call();
        assertThat(clerk.instanceSettings()
                        .getDirect()
                        .instance()
                        .orElseThrow()
                        .allowedOrigins()
                        .get())
                .containsExactly("https://app.example");
    }

    @Test
    void isToldThatItsKeyIsWrong() {
        refused(
                () -> clerk("sk_test_nobodys")
                        .users()
                        .list(GetUserListRequest.builder().build()),
                401,
                "clerk_key_invalid");
    }
}
