package dev.usher.checks.cli;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Launcher;
import dev.usher.checks.harness.Launcher.Outcome;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.harness.UsherProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code usher backup} beside a server that is written to, and {@code usher restore}, which revives nobody's session. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupTest {
    private static final int WRITERS = 4;
    private static final Path FOLDER = Launcher.temporaryFolder();
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path BACKUP = FOLDER.resolve("usher-backup.db");

    private record SignedUp(Person person, Fapi browser, String session) {}

    private static List<SignedUp> before = List.of();
    private static UsherProcess process;
    private static RunningUsher usher;
    private static String keys;

    @BeforeAll
    static void start() {
        process = UsherProcess.plan().data(DATA).start();
        usher = RunningUsher.around(process);
        keys = usher.get("/.well-known/jwks.json").text();
    }

    @AfterAll
    static void stop() {
        process.close();
        usher.witness().assertClean();
    }

    private static SignedUp signedUp() {
        Person person = Person.fresh();
        Fapi browser = usher.browser();
        return new SignedUp(person, browser, browser.signUp(person));
    }

    private static Outcome restored(Path into, String... more) throws IOException {
        Files.createDirectories(into);
        Files.copy(DATA.resolve("master.key"), into.resolve("master.key"));
        return restore(BACKUP, into, more);
    }

    private static Outcome restore(Path backup, Path into, String... more) {
        List<String> command =
                new ArrayList<>(List.of("restore", "--from", backup.toString(), "--data", into.toString()));
        command.addAll(List.of(more));
        return Launcher.run(command.toArray(String[]::new));
    }

    private static void isRefused(Outcome outcome, String reason) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(reason).doesNotContain("Exception");
        assertThat(outcome.errorLines()).hasSize(1);
    }

    @Test
    @Order(1)
    void aBackupIsTakenWhileTheServerIsWrittenTo() throws InterruptedException {
        Queue<SignedUp> people = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < WRITERS; i++) people.add(signedUp());
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    while (!over.get()) people.add(signedUp());
                }))
                .toList();
        while (people.size() < 3 * WRITERS) Thread.onSpinWait();
        before = List.copyOf(people);
        Outcome outcome = Launcher.run("backup", "--data", DATA.toString(), "--to", BACKUP.toString());
        over.set(true);
        for (Thread writer : writers) writer.join();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Backed up to " + BACKUP, "not in it");
        assertThat(FOLDER.resolve("usher-backup.db.part")).doesNotExist();
    }

    @Test
    @Order(2)
    void aBackupHoldsNoMasterKeyAndIsItsOwnersAlone() throws IOException {
        String key = Files.readString(DATA.resolve("master.key")).trim();
        String bytes = new String(Files.readAllBytes(BACKUP), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(BACKUP)))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void nothingIsOverwritten() {
        isRefused(Launcher.run("backup", "--data", DATA.toString(), "--to", BACKUP.toString()), "is there already");
        isRefused(restore(BACKUP, DATA), "nothing is overwritten");
    }

    @Test
    @Order(2)
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws IOException {
        Path noBackup = Files.writeString(FOLDER.resolve("letter.txt"), "Dear reader,".repeat(500));
        isRefused(restore(noBackup, FOLDER.resolve("none")), "is no backup of Usher");
        assertThat(FOLDER.resolve("none").resolve("usher.db")).doesNotExist();
    }

    @Test
    @Order(2)
    void anotherMasterKeyIsRefused() throws IOException {
        Path other = Files.createDirectories(FOLDER.resolve("other"));
        Files.writeString(other.resolve("master.key"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        isRefused(restore(BACKUP, other), "needs the master key");
    }

    /** Killed at whatever moment: the file is whole, or it is not there. */
    @Test
    @Order(3)
    void aKilledBackupIsNoBackup() throws IOException, InterruptedException {
        Path target = FOLDER.resolve("killed.db");
        Process backup = new ProcessBuilder(
                        Launcher.program().toString(), "backup", "--data", DATA.toString(), "--to", target.toString())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("killed.log").toFile())
                .start();
        Path part = FOLDER.resolve("killed.db.part");
        while (backup.isAlive() && Files.notExists(part)) Thread.onSpinWait();
        backup.destroyForcibly().waitFor();
        if (Files.exists(target))
            assertThat(restore(target, FOLDER.resolve("killed")).exitCode()).isZero();
        Outcome again = Launcher.run("backup", "--data", DATA.toString(), "--to", target + ".2");
        assertThat(again.exitCode()).as(again.err()).isZero();
    }

    @Test
    @Order(4)
    void aRestoreHasEverybodyAndNobodySignedIn() throws IOException {
        Path data = FOLDER.resolve("restored");
        Outcome outcome = restored(data);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("session: ", "Nobody is signed in", "Passwords, bans");
        try (UsherProcess after = UsherProcess.plan().data(data).start()) {
            RunningUsher again = RunningUsher.around(after);
            assertThat(again.get("/.well-known/jwks.json").text()).isEqualTo(keys);
            assertThat(before).hasSizeGreaterThanOrEqualTo(3 * WRITERS);
            for (SignedUp one : before) {
                assertThat(one.browser().at(again).mint(one.session())).isRefused(401, "authentication_invalid");
                assertThat(one.browser().at(again).session(one.session(), "touch"))
                        .isRefused(401, "authentication_invalid");
                assertThat(again.browser().signIn(one.person())).isNotEmpty();
            }
            again.witness().assertClean();
        }
    }

    @Test
    @Order(4)
    void sessionsGoOnWhereThatIsAskedFor() throws IOException {
        Path data = FOLDER.resolve("kept");
        Outcome outcome = restored(data, "--keep-sessions");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Sessions and codes are as they were", "those that ended since then");
        try (UsherProcess after = UsherProcess.plan().data(data).start()) {
            RunningUsher again = RunningUsher.around(after);
            for (SignedUp one : before)
                assertThat(one.browser().at(again).mint(one.session())).isOk();
            again.witness().assertClean();
        }
    }
}
