package dev.usher.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.factor.Totp;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of users, good, bad and broken. */
@ParameterizedClass
@EnumSource(TestStore.class)
class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String HEADER = "id,first_name,last_name,username,primary_email_address,primary_phone_number,"
            + "verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,"
            + "totp_secret,password_digest,password_hasher\n";
    private static final String BCRYPT = "$2b$06$KVKb/.ywo4sXb9QjupKCPuiW0SmMa0or3MiVoGC25gI2d5OCTdHwi";
    private static final Intake.Watcher NOBODY = new Intake.Watcher() {
        @Override
        public void started(ImportRun run, long bytes) {}

        @Override
        public void advanced(ImportRun run, long bytesRead) {}
    };

    @TempDir
    private Path folder;

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Users users = new Users(ids);
    private final Totp totp = new Totp(new Vault(new byte[32], randomness), ids, randomness);
    private final Instance instance = instance("default");
    private final Intake intake = new Intake(store, instance, ids, totp, () -> NOW);

    private Instance instance(String name) {
        var declared = new Instances.Declared(
                name, true, Optional.empty(), "http://localhost", Optional.empty(), Settings.defaults(true));
        Vault vault = new Vault(new byte[32], randomness);
        return Instances.open(store, declared, vault, ids, randomness, NOW).instance();
    }

    IntakeTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private Intake.Job csv(String rows) throws IOException {
        return new Intake.Job(file("users.csv", HEADER + rows), Intake.Format.CLERK_CSV, Naming.KEEP);
    }

    private Intake.Job json(String text) throws IOException {
        return new Intake.Job(file("users.json", text), Intake.Format.CLERK_JSON, Naming.KEEP);
    }

    private ImportRun run(Intake.Job job) {
        return intake.run(job, false, NOBODY).run();
    }

    private User user(String id) {
        return store.read(tx -> users.find(tx, instance, id)).orElseThrow();
    }

    private long count(String table) {
        return store.read(tx ->
                tx.query("select count(*) from " + table).mapTo(long.class).one());
    }

    private List<ImportRun.Refused> refused(ImportRun run) {
        List<ImportRun.Refused> all = new ArrayList<>();
        intake.refused(run, all::add);
        return all;
    }

    @Test
    void aRowOfADashboardExportBecomesAUserWithItsIdentifiersAndHash() throws IOException {
        ImportRun run = run(csv("user_1abc,Ann,\"O'Hara, Jr.\",ann,Ann@Example.com,+12015550123,"
                + "ann@example.com|second@example.com,third@example.com,+12015550123,+12015550124,,"
                + BCRYPT + ",bcrypt\n"));
        assertThat(run.added()).isEqualTo(1);
        User user = user("user_1abc");
        assertThat(user.firstName()).contains("Ann");
        assertThat(user.lastName()).contains("O'Hara, Jr.");
        assertThat(user.username()).contains("ann");
        assertThat(user.passwordHash()).contains("bcrypt:" + BCRYPT);
        assertThat(user.primaryEmailAddress().orElseThrow().emailAddress()).isEqualTo("ann@example.com");
        assertThat(user.emailAddresses())
                .extracting(one -> one.emailAddress() + " " + one.verifiedAt().isPresent())
                .containsExactlyInAnyOrder(
                        "ann@example.com true", "second@example.com true", "third@example.com false");
        assertThat(user.phoneNumbers())
                .extracting(one -> one.phoneNumber() + " " + one.verifiedAt().isPresent())
                .containsExactlyInAnyOrder("+12015550123 true", "+12015550124 false");
        assertThat(user.primaryPhoneNumberId()).isPresent();
    }

    @Test
    void aTotpSecretComesAlongAsAVerifiedSecondFactor() throws IOException {
        run(csv("user_1,,,,a@example.com,,,,,,gezd gnbv gy3t qojq gezd gnbv gy3t qojq,,\n"));
        assertThat(user("user_1").secondFactors().totp()).isTrue();
        assertThat(user("user_1").secondFactors().enabledAt()).contains(NOW);
        assertThat(store.<Boolean>read(tx -> totp.isVerified(tx, "user_1"))).isTrue();
        assertThat(store.<String>read(tx -> tx.query("select sealed_secret from totp")
                        .mapTo(String.class)
                        .one()))
                .doesNotContainIgnoringCase("gezd");
    }

    @Test
    void aPrimaryAddressAmongTheUnverifiedOnesIsNotVerified() throws IOException {
        run(csv("user_1,,,,a@example.com,,,a@example.com,,,,,\n"));
        assertThat(user("user_1").emailAddresses().getFirst().verifiedAt()).isEmpty();
        assertThat(user("user_1").primaryEmailAddressId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user_1,,,,nobody,,,,,,,,;malformed",
                "user_1,,,,,,,,,,,,;no e-mail address",
                "user_1,,,a b,,,,,,,,,;username",
                "user_1,,,,a@example.com,12345,,,,,,,;phone number",
                "user_1,,,,a@example.com,,,,,,,$2b$99$x,bcrypt;digest",
                "user_1,,,,a@example.com,,,,,,,secret,awscognito;digest",
                "user_1,,,,a@example.com,,,,,,,secret,;without its hasher",
                "user_1,,,,a@example.com,,,,,,not!base32,,;TOTP",
                "user_1,a@example.com;2 fields",
                "user_1,,,,a@example.com,,,,,,,,,,more;15 fields",
            })
    void aRowWithSomethingWrongIsRefusedWholeWithItsLineAndTheReason(String row, String reason) throws IOException {
        ImportRun run = run(csv("user_0,,,,ok@example.com,,,,,,,,\n" + row + "\nuser_2,,,,ok2@example.com,,,,,,,,\n"));
        assertThat(run).returns(2L, ImportRun::added).returns(1L, ImportRun::refused);
        ImportRun.Refused refused = refused(run).getFirst();
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused.reason()).contains(reason);
        assertThat(count("user_account")).isEqualTo(2);
        assertThat(count("email_address")).isEqualTo(2);
    }

    @Test
    void identifiersOfOtherUsersAreRefusedBeTheyInTheFileOrHere() throws IOException {
        ImportRun run = run(csv("""
                user_1,,,ann,a@example.com,+12015550123,,,,,,,
                user_2,,,,A@example.com,,,,,,,,
                user_3,,,ANN,c@example.com,,,,,,,,
                user_4,,,,d@example.com,+12015550123,,,,,,,
                user_5,,,,e@example.com,,,a@example.com,,,,,
                """));
        assertThat(run).returns(2L, ImportRun::added).returns(3L, ImportRun::refused);
        assertThat(refused(run)).extracting(ImportRun.Refused::line).containsExactly(3L, 4L, 5L);
        assertThat(count("user_account")).isEqualTo(2);
        assertThat(count("phone_number")).isEqualTo(1);
    }

    @Test
    void theSameFileAgainChangesNothing() throws IOException {
        Intake.Job job = csv("user_1,Ann,,,a@example.com,,,,,,,,\nlegacy-7,Bob,,,b@example.com,,,,,,,,\n");
        assertThat(run(job).added()).isEqualTo(2);
        assertThat(run(job))
                .returns(0L, ImportRun::added)
                .returns(2L, ImportRun::present)
                .returns(0L, ImportRun::refused);
        assertThat(count("user_account")).isEqualTo(2);
        assertThat(count("email_address")).isEqualTo(2);
    }

    @Test
    void anIdOfAnotherInstanceIsRefused() throws IOException {
        Intake.Job job = csv("user_1,,,,a@example.com,,,,,,,,\n");
        run(job);
        Intake other = new Intake(store, instance("other"), ids, totp, () -> NOW);
        ImportRun run = other.run(job, false, NOBODY).run();
        assertThat(run).returns(0L, ImportRun::added).returns(1L, ImportRun::refused);
        assertThat(count("email_address")).isEqualTo(1);
    }

    @Test
    void anIdOfAnotherFormAndEveryIdOnRequestBecomesTheExternalId() throws IOException {
        run(csv("42,,,,a@example.com,,,,,,,,\n"));
        Intake.Job job = csv("user_1,,,,b@example.com,,,,,,,,\n");
        run(new Intake.Job(job.file(), job.format(), Naming.RENEW));
        List<String> found = store.read(
                tx -> tx.query("select external_id from user_account where id like 'user____________________________'"
                                + " order by external_id")
                        .mapTo(String.class)
                        .list());
        assertThat(found).containsExactly("42", "user_1");
    }

    @Test
    void aRunThatStoppedGoesOnWhereItStoppedAndCountsEverythingOnce() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1700; i++)
            rows.append("user_" + i + ",,,," + (i % 100 == 7 ? "bad" : "u" + i + "@example.com") + ",,,,,,,,\n");
        Intake.Job job = csv(rows.toString());
        assertThatThrownBy(() -> intake.run(job, false, stoppingAfter(1000))).hasMessage("stopped");
        assertThat(count("user_account")).isEqualTo(990);
        assertThat(intake.unfinished(job).orElseThrow().records()).isEqualTo(1000);

        List<Long> seen = new ArrayList<>();
        ImportRun run = intake.run(job, true, new Intake.Watcher() {
                    @Override
                    public void started(ImportRun begun, long bytes) {
                        seen.add(begun.records());
                    }

                    @Override
                    public void advanced(ImportRun step, long bytesRead) {}
                })
                .run();
        assertThat(seen).containsExactly(1000L);
        assertThat(run).returns(1700L, ImportRun::records).returns(1683L, ImportRun::added);
        assertThat(run).returns(0L, ImportRun::present).returns(17L, ImportRun::refused);
        assertThat(refused(run)).extracting(ImportRun.Refused::line).hasSize(17).doesNotHaveDuplicates();
        assertThat(count("user_account")).isEqualTo(1683);
        assertThat(intake.unfinished(job)).isEmpty();
    }

    private static Intake.Watcher stoppingAfter(long records) {
        return new Intake.Watcher() {
            @Override
            public void started(ImportRun run, long bytes) {}

            @Override
            public void advanced(ImportRun run, long bytesRead) {
                if (run.records() >= records) throw new IllegalStateException("stopped");
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"'[%s,%s]'", "'%s\n%s\n'", "' [ %s ,\n %s ] '"})
    void usersOfTheBackendApiComeAsAnArrayOrOneAfterTheOther(String form) throws IOException {
        String one = """
                {"id": "user_1", "external_id": "x1", "username": "ann", "first_name": "Ann", "banned": true,
                 "created_at": 1600000000000, "last_sign_in_at": 1700000000000,
                 "primary_email_address_id": "idn_2",
                 "email_addresses": [
                   {"id": "idn_1", "email_address": "old@example.com", "verification": {"status": "unverified"}},
                   {"id": "idn_2", "email_address": "ann@example.com", "verification": {"status": "verified"}}],
                 "phone_numbers": [{"id": "idn_3", "phone_number": "+12015550123", "verification": {"status": "verified"}}],
                 "public_metadata": {"plan": "gold"}, "private_metadata": {"n": 1}, "unsafe_metadata": {},
                 "passkeys": [{"id": "x"}], "password_digest": "%s", "password_hasher": "bcrypt", "more": [1, {"a": 2}]}
                """.formatted(BCRYPT);
        String two = "{\"id\": \"user_2\", \"username\": \"bob\"}";
        ImportRun run = run(json(form.formatted(one, two)));
        assertThat(run).returns(2L, ImportRun::added).returns(Map.of("passkeys", 1L), ImportRun::leftOut);
        User user = user("user_1");
        assertThat(user.externalId()).contains("x1");
        assertThat(user.banned()).isTrue();
        assertThat(user.createdAt()).isEqualTo(Instant.ofEpochMilli(1_600_000_000_000L));
        assertThat(user.lastSignInAt()).contains(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(user.primaryEmailAddress().orElseThrow().emailAddress()).isEqualTo("ann@example.com");
        assertThat(user.publicMetadata().path("plan").asString()).isEqualTo("gold");
        assertThat(user.passwordHash()).contains("bcrypt:" + BCRYPT);
        assertThat(user.phoneNumbers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1];no JSON object",
                "[{\"id\": \"user_1\"}];no e-mail address",
                "[{\"username\": \"a\", \"public_metadata\": []}];public_metadata",
                "[{\"username\": \"a\", \"created_at\": \"soon\"}];created_at",
                "[{\"email_addresses\": [{\"id\": \"x\"}]}];email_addresses",
            })
    void aJsonRecordWithSomethingWrongIsRefused(String text, String reason) throws IOException {
        ImportRun run = run(json(text));
        assertThat(run).returns(0L, ImportRun::added).returns(1L, ImportRun::refused);
        assertThat(refused(run).getFirst().reason()).contains(reason);
    }

    @Test
    void usersBeforeABrokenPlaceAreInAndThePlaceIsNamed() throws IOException {
        Intake.Result result = intake.run(
                json("{\"id\": \"user_1\", \"username\": \"a\"}\n{\"id\": \"user_2\", \"username\": \"b\"}\n{\"id\": "),
                false,
                NOBODY);
        assertThat(result.broken().orElseThrow()).contains("line 3");
        assertThat(result.run().added()).isEqualTo(2);
        assertThat(count("user_account")).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoExportIsSaidToBeNone() throws IOException {
        Path other = file("other.csv", "colour,size\nred,1\n");
        Intake.Result result = intake.run(new Intake.Job(other, Intake.Format.CLERK_CSV, Naming.KEEP), false, NOBODY);
        assertThat(result.broken().orElseThrow()).contains("primary_email_address");
        assertThat(intake.run(json("hello"), false, NOBODY).broken()).isPresent();
        Path latin = Files.write(
                folder.resolve("latin.csv"),
                (HEADER + "user_1,J\u00f6rg,,,a@example.com,,,,,,,,\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(intake.run(new Intake.Job(latin, Intake.Format.CLERK_CSV, Naming.KEEP), false, NOBODY)
                        .broken()
                        .orElseThrow())
                .contains("UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        Intake.Job job = csv("user_1,,,,a@example.com,,,,,,,,\n");
        Files.writeString(job.file(), "\ufeff" + Files.readString(job.file()));
        assertThat(run(job).added()).isEqualTo(1);
        assertThat(user("user_1").emailAddresses()).hasSize(1);
    }
}
