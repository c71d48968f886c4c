package dev.usher.checks.cli;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code usher import}, and what its users can do then. */
class ImportCommandTest {
    private static final String HEADER = "id,first_name,last_name,username,primary_email_address,primary_phone_number,"
            + "verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,"
            + "totp_secret,password_digest,password_hasher\n";
    private static final String PASSWORD = "Grüße, correct horse 7";
    /** Made by other programs than ours. */
    private static final String BCRYPT = "$2a$06$EMUcZmxCjYmIW.josUlRpeMDzXRPbFV80DxULJT1yOFD7Ri8WWm0.";

    private static final String MD5 = "0dad2966074eb3cdfb5af4bac75177b3";

    private final Path folder = Launcher.temporaryFolder();
    private final Path data = folder.resolve("data");

    private Launcher.Outcome imported(String rows, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("users.csv"), HEADER + rows);
        List<String> arguments = new ArrayList<>(List.of("import", file.toString(), "--data", data.toString()));
        arguments.addAll(List.of(more));
        return Launcher.run(arguments.toArray(String[]::new));
    }

    @Test
    void importedUsersSignInWithTheirPasswordsUnderTheirOldIds() throws Exception {
        Launcher.Outcome outcome = imported("user_old1,Ann,,,ann@example.com,,,,,,," + BCRYPT + ",bcrypt\n"
                + "user_old2,Bob,,,bob@example.com,,,,,,," + MD5 + ",md5\n");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("2 users added").contains("0 refused");
        try (UsherProcess process = UsherProcess.plan().data(data).start()) {
            RunningUsher usher = RunningUsher.around(process);
            for (String name : List.of("ann", "bob", "ann", "bob")) {
                Fapi browser = usher.browser();
                assertThat(signIn(browser, name, "wrong " + PASSWORD)).isRefused(422, "form_password_incorrect");
                assertThat(signIn(browser, name, PASSWORD)).isOk();
                assertThat(browser.get("/v1/me").string("/response/id"))
                        .isEqualTo(name.equals("ann") ? "user_old1" : "user_old2");
            }
            usher.witness().assertClean();
        }
    }

    @Test
    void firstSignInsAtTheSameMomentAllSucceedThoughOneOfThemReplacesTheHash() throws Exception {
        assertThat(imported("user_old1,Ann,,,ann@example.com,,,,,,," + MD5 + ",md5\n")
                        .exitCode())
                .isZero();
        try (UsherProcess process = UsherProcess.plan().data(data).start()) {
            RunningUsher usher = RunningUsher.around(process);
            List<Answer> answers = Crowd.of(6, i -> () -> signIn(usher.browser(), "ann", PASSWORD));
            assertThat(answers).allSatisfy(answer -> assertThat(answer).isOk());
        }
    }

    private static Answer signIn(Fapi browser, String name, String password) {
        return browser.post("/v1/client/sign_ins", "identifier", name + "@example.com", "password", password);
    }

    @Test
    void refusedRowsAreReportedWithLineAndReasonAndTheExitCodeTells() throws IOException {
        Path report = folder.resolve("refused.csv");
        String rows = "user_1,,,,a@example.com,,,,,,,,\nuser_2,,,,nobody,,,,,,,,\n";
        Launcher.Outcome outcome = imported(rows, "--report", report.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("1 users added").contains("1 refused");
        assertThat(Files.readAllLines(report))
                .containsExactly("line,record,id,reason", "3,2,user_2,an e-mail address is malformed");
        Launcher.Outcome again = imported(rows);
        assertThat(again.err()).contains("refused: line 3 (user_2): an e-mail address is malformed");
        assertThat(again.out()).contains("0 users added, 1 were here already, 1 refused");
    }

    @Test
    void theDataOfARunningServerIsRefusedInOneLine() throws Exception {
        try (UsherProcess process = UsherProcess.plan().data(data).start()) {
            assertThat(process.url()).isNotEmpty();
            Launcher.Outcome outcome = imported("user_1,,,,a@example.com,,,,,,,,\n");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.errorLines()).singleElement().asString().contains("is running on the data folder");
        }
    }

    @Test
    void wrongFilesAndFormatsAreNamed() throws IOException {
        assertThat(Launcher.run("import", "missing.csv", "--data", data.toString())
                        .errorLines())
                .singleElement()
                .asString()
                .contains("cannot read missing.csv");
        assertThat(imported("", "--format", "xml").errorLines())
                .singleElement()
                .asString()
                .contains("--format");
        assertThat(Launcher.run("import").exitCode()).isEqualTo(2);
    }
}
