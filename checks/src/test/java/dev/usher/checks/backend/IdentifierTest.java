package dev.usher.checks.backend;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** E-mail addresses and phone numbers of an account, which servers give and take away. */
class IdentifierTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory();

    private static final AtomicInteger COUNT = new AtomicInteger(10);

    /** The two kinds of identifiers. */
    enum Kind {
        EMAIL("/v1/email_addresses", "email_address", "email_addresses") {
            @Override
            String fresh() {
                return "id" + COUNT.incrementAndGet() + "+clerk_test@example.com";
            }
        },
        PHONE("/v1/phone_numbers", "phone_number", "phone_numbers") {
            @Override
            String fresh() {
                return "+120155501" + COUNT.incrementAndGet();
            }
        };

        private final String path;
        private final String field;
        private final String list;

        Kind(String path, String field, String list) {
            this.path = path;
            this.field = field;
            this.list = list;
        }

        abstract String fresh();
    }

    private Bapi server;
    private String userId;

    @BeforeEach
    void aUser() {
        server = usher.server();
        userId = user("user_" + COUNT.incrementAndGet());
    }

    private String user(String username) {
        return Fapi.require(server.post(
                        "/v1/users", "{\"username\":\"" + username + "\",\"skip_password_requirement\":true}"))
                .string("/id");
    }

    private Answer add(Kind kind, String text, String more) {
        return server.post(kind.path, "{\"user_id\":\"%s\",\"%s\":\"%s\"%s}".formatted(userId, kind.field, text, more));
    }

    private Answer user() {
        return server.get("/v1/users/" + userId);
    }

    @ParameterizedTest
    @EnumSource
    void isGivenAndShown(Kind kind) {
        String text = kind.fresh();
        Answer made = add(kind, text, ",\"verified\":true");
        assertThat(made)
                .isOk()
                .has("/object", kind.field)
                .has("/" + kind.field, text)
                .has("/verification/status", "verified")
                .has("/verification/strategy", "admin");
        assertThat(server.get(kind.path + "/" + made.string("/id")).json()).isEqualTo(made.json());
        assertThat(user())
                .has("/" + kind.list + "/0/id", made.string("/id"))
                .has("/primary_" + kind.field + "_id", made.string("/id"));
    }

    @ParameterizedTest
    @EnumSource
    void isNotVerifiedUnlessSaid(Kind kind) {
        Answer made = add(kind, kind.fresh(), "");
        assertThat(made).isOk().has("/verification", "null");
        assertThat(user()).has("/primary_" + kind.field + "_id", "null");
    }

    @ParameterizedTest
    @EnumSource
    void isVerifiedAndMadePrimaryLater(Kind kind) {
        String first = add(kind, kind.fresh(), ",\"verified\":true").string("/id");
        String second = add(kind, kind.fresh(), "").string("/id");
        assertThat(server.patch(kind.path + "/" + second, "{\"primary\":true}"))
                .isRefused(400, "identification_update_failed");
        assertThat(server.patch(kind.path + "/" + second, "{\"verified\":true,\"primary\":true}"))
                .isOk()
                .has("/verification/status", "verified");
        assertThat(user()).has("/primary_" + kind.field + "_id", second);
        assertThat(server.patch(kind.path + "/" + second, "{\"verified\":false}"))
                .isOk()
                .has("/verification", "null");
        assertThat(user()).has("/primary_" + kind.field + "_id", first);
    }

    @ParameterizedTest
    @EnumSource
    void isAddedAsThePrimaryOne(Kind kind) {
        add(kind, kind.fresh(), ",\"verified\":true");
        String second =
                add(kind, kind.fresh(), ",\"verified\":true,\"primary\":true").string("/id");
        assertThat(user()).has("/primary_" + kind.field + "_id", second);
        assertThat(add(kind, kind.fresh(), ",\"primary\":true")).isRefused(400, "identification_update_failed");
    }

    @ParameterizedTest
    @EnumSource
    void isNobodyElsesOnceItIsVerified(Kind kind) {
        String text = kind.fresh();
        add(kind, text, ",\"verified\":true");
        assertThat(add(kind, text, "")).isRefused(422, "form_identifier_exists", kind.field);
        userId = user("other_" + COUNT.incrementAndGet());
        assertThat(add(kind, text, ",\"verified\":true")).isRefused(422, "form_identifier_exists", kind.field);
        String other = kind.fresh();
        String unverified = add(kind, other, "").string("/id");
        userId = user("third_" + COUNT.incrementAndGet());
        assertThat(add(kind, other, ",\"verified\":true")).isOk();
        assertThat(server.patch(kind.path + "/" + unverified, "{\"verified\":true}"))
                .isRefused(422, "form_identifier_exists", kind.field);
    }

    @ParameterizedTest
    @EnumSource
    void isTakenAwayAndAnotherBecomesPrimary(Kind kind) {
        String first = add(kind, kind.fresh(), ",\"verified\":true").string("/id");
        String second = add(kind, kind.fresh(), ",\"verified\":true").string("/id");
        assertThat(server.delete(kind.path + "/" + first))
                .isOk()
                .has("/object", kind.field)
                .has("/id", first)
                .has("/deleted", "true");
        assertThat(server.get(kind.path + "/" + first)).isRefused(404, "resource_not_found");
        assertThat(user()).has("/primary_" + kind.field + "_id", second);
    }

    @ParameterizedTest
    @EnumSource
    void isTheOnlyOneAfterAReplacement(Kind kind) {
        add(kind, kind.fresh(), ",\"verified\":true");
        add(kind, kind.fresh(), "");
        String text = kind.fresh();
        Answer replaced =
                server.put("/v1/users/" + userId + "/" + kind.field, "{\"%s\":\"%s\"}".formatted(kind.field, text));
        assertThat(replaced).isOk().has("/verification/status", "verified");
        Answer user = user();
        assertThat(user.at("/" + kind.list)).hasSize(1);
        assertThat(user)
                .has("/" + kind.list + "/0/" + kind.field, text)
                .has("/primary_" + kind.field + "_id", replaced.string("/id"));
    }

    /** Where a code can be brought, and the body of that without the code. */
    private record Sent(String path, String body) {}

    private Sent sent(Kind kind) {
        String path = kind.path + "/" + add(kind, kind.fresh(), "").string("/id");
        String verification =
                Fapi.require(server.post(path + "/prepare_verification", "")).string("/id");
        return new Sent(
                path + "/attempt_verification", "{\"verification_id\":\"" + verification + "\",\"code\":\"%s\"}");
    }

    private Answer attempt(Sent sent, String code) {
        return server.post(sent.path(), sent.body().formatted(code));
    }

    @Test
    void codesForAllThatOnePersonHasShareFiveTries() {
        Sent mail = sent(Kind.EMAIL);
        Sent phone = sent(Kind.PHONE);
        for (int i = 0; i < 3; i++) assertThat(attempt(mail, "000000")).isOk().has("/status", "unverified");
        for (int i = 0; i < 2; i++) assertThat(attempt(phone, "000000")).isOk().has("/status", "unverified");
        assertThat(attempt(mail, "424242")).isRefused(400, "verification_failed");
        assertThat(attempt(phone, "424242")).isRefused(400, "verification_failed");
        usher.advance(Duration.ofSeconds(30));
        assertThat(attempt(mail, "424242")).isOk().has("/status", "verified");
        assertThat(attempt(phone, "424242")).isOk().has("/status", "verified");
    }

    @ParameterizedTest
    @EnumSource
    void isProvedByACodeThatTheServerCompares(Kind kind) {
        String id = add(kind, kind.fresh(), "").string("/id");
        Answer sent = server.post(kind.path + "/" + id + "/prepare_verification", "");
        assertThat(sent).isOk().has("/status", "unverified");
        String attempt = "{\"verification_id\":\"" + sent.string("/id") + "\",\"code\":\"%s\"}";
        String path = kind.path + "/" + id + "/attempt_verification";
        assertThat(server.post(path, attempt.formatted("000000")))
                .isOk()
                .has("/status", "unverified")
                .has("/attempts", "1");
        assertThat(server.post(path, attempt.formatted("424242"))).isOk().has("/status", "verified");
        assertThat(server.post(path, attempt.formatted("424242"))).isRefused(400, "verification_already_verified");
        assertThat(server.post(path, "{\"verification_id\":\"ver_other\",\"code\":\"424242\"}"))
                .isRefused(404, "resource_not_found");
        assertThat(server.get(kind.path + "/" + id)).has("/verification/status", "verified");
    }

    @ParameterizedTest
    @EnumSource
    void thatIsUnknownIsNotFound(Kind kind) {
        for (String method : new String[] {"GET", "PATCH", "DELETE"})
            assertThat(server.send(server.call(method, kind.path + "/idn_nothing", method.equals("PATCH") ? "{}" : "")))
                    .isRefused(404, "resource_not_found");
        assertThat(server.post(
                        kind.path, "{\"user_id\":\"user_nobody\",\"%s\":\"%s\"}".formatted(kind.field, kind.fresh())))
                .isRefused(404, "resource_not_found");
        assertThat(server.post(kind.path, "{\"user_id\":\"user_nobody\"}"))
                .isRefused(422, "form_param_missing", kind.field);
    }

    @Test
    void theLastOneThatCanBeSignedInWithStays() {
        Answer made = Fapi.require(server.post(
                "/v1/users",
                "{\"email_address\":[\"" + Kind.EMAIL.fresh() + "\"],\"skip_password_requirement\":true}"));
        assertThat(server.delete("/v1/email_addresses/" + made.string("/primary_email_address_id")))
                .isRefused(400, "last_required_identification_deletion_failed");
    }

    @Test
    void aReservedAddressIsNobodyElsesAndOpensTheAccount() {
        Person person = Person.fresh();
        Answer made = server.post("/v1/users", """
                {"email_address":["%s"],"email_address_identification_status":["reserved"],"password":"%s"}
                """.formatted(person.email(), person.password()));
        assertThat(made)
                .isOk()
                .has("/email_addresses/0/reserved", "true")
                .has("/email_addresses/0/verification", "null")
                .has("/primary_email_address_id", made.string("/email_addresses/0/id"));
        assertThat(add(Kind.EMAIL, person.email(), "")).isRefused(422, "form_identifier_exists", "email_address");
        usher.browser().signIn(person);
    }

    @Test
    void aNumberBecomesTheSecondFactorAndAnIdentifierAgain() {
        add(Kind.EMAIL, Kind.EMAIL.fresh(), ",\"verified\":true");
        Answer made = add(Kind.PHONE, Kind.PHONE.fresh(), ",\"verified\":true,\"reserved_for_second_factor\":true");
        assertThat(made).isOk().has("/reserved_for_second_factor", "true").has("/default_second_factor", "true");
        assertThat(user()).has("/two_factor_enabled", "true");
        assertThat(server.patch("/v1/phone_numbers/" + made.string("/id"), "{\"reserved_for_second_factor\":false}"))
                .isOk()
                .has("/reserved_for_second_factor", "false");
        assertThat(user()).has("/two_factor_enabled", "false");
        assertThat(add(Kind.PHONE, Kind.PHONE.fresh(), ",\"reserved_for_second_factor\":true")
                        .status())
                .isEqualTo(400);
    }
}
