package dev.usher.bench;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code usher import} of users with bcrypt hashes: rate and peak memory, whole, and killed and resumed. */
final class ImportBench {
    private static final int USERS = 100_000;
    private static final int HASHES = 100;
    private static final int BCRYPT_COST = 10;
    private static final int SAMPLE = 20;
    private static final Pattern NEAR_THE_MIDDLE = Pattern.compile(" a second, [456]\\d%");
    private static final String HEADER = "id,first_name,last_name,username,primary_email_address,primary_phone_number,"
            + "verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,"
            + "totp_secret,password_digest,password_hasher\n";

    private final Path folder;
    private final Path file;

    private ImportBench(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("users.csv");
    }

    private record Run(int exitCode, double seconds, double peakMiB, List<String> out) {}

    static Report run() throws Exception {
        Path folder = Files.createTempDirectory("usher-bench");
        try {
            return new ImportBench(folder).measured();
        } finally {
            ServerUnderTest.delete(folder);
        }
    }

    private Report measured() throws Exception {
        writeFile();
        Run warm = imported("version", false);
        List<Run> whole = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ServerUnderTest.delete(data());
            whole.add(imported("whole", false));
        }
        ServerUnderTest.delete(data());
        Run killed = imported("killed", true);
        long before = count("select count(*) from user_account");
        Run resumed = imported("resumed", false, "--resume");
        String facts = facts(before, killed, resumed);
        String signIns = signIns();
        return report(warm, whole, facts, signIns);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String password(int number) {
        return "import password " + number % HASHES;
    }

    private void writeFile() throws IOException {
        BcryptFunction bcrypt = BcryptFunction.getInstance(Bcrypt.A, BCRYPT_COST);
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < HASHES; i++) hashes.add(bcrypt.hash(password(i)).getResult());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (int i = 0; i < USERS; i++) {
                String email = "user" + i + "@example.com";
                out.write("user_import%06d,First%d,\"Last, %d\",name%d,%s,,%s,,,,,%s,bcrypt%n"
                        .formatted(i, i, i, i, email, email, hashes.get(i % HASHES)));
            }
        }
    }

    /** Runs the command; kills it (SIGKILL) near the middle if asked. */
    private Run imported(String name, boolean kill, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./usher", "import", file.toString()));
        command.addAll(List.of("--data", data().toString()));
        command.addAll(List.of(more));
        if (name.equals("version")) command = List.of("./usher", "version");
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> out = new ArrayList<>();
        double peak = 0;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            while (process.isAlive() || reader.ready()) {
                peak = Math.max(peak, Machine.peakMiB(process.pid()).orElse(0.0));
                while (reader.ready()) out.add(reader.readLine());
                if (kill
                        && out.stream()
                                .anyMatch(line -> NEAR_THE_MIDDLE.matcher(line).find())) process.destroyForcibly();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        int code = process.waitFor();
        if (!kill && code != 0) throw new IllegalStateException(name + " failed: " + String.join("\n", out));
        return new Run(code, (System.nanoTime() - begin) / 1e9, peak, out);
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("usher.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String facts(long before, Run killed, Run resumed) throws SQLException {
        return String.format(
                Locale.ROOT,
                """
                ## Killed and resumed

                Killed (SIGKILL, exit code %d) after %.1f s with %,d users committed; `--resume` took the rest in %.1f s (exit code %d,
                peak %.0f MiB) and said:

                > %s

                In the database then: %,d users, %,d distinct ids of the file, %,d distinct e-mail addresses, %,d users with the bcrypt hash of the file, %,d users without an address.
                """,
                killed.exitCode(),
                killed.seconds(),
                before,
                resumed.seconds(),
                resumed.exitCode(),
                resumed.peakMiB(),
                resumed.out().getLast(),
                count("select count(*) from user_account"),
                count("select count(distinct id) from user_account where id like 'user_import%'"),
                count("select count(distinct email_address) from email_address where verified_at is not null"),
                count("select count(*) from user_account where password_hash like 'bcrypt:$2a$10$%'"),
                count("select count(*) from user_account where primary_email_address_id is null"));
    }

    /** Some of them sign in, and are hashed anew by it. */
    private String signIns() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            ServerUnderTest server = ServerUnderTest.start(folder, "");
            for (int i = 0; i < SAMPLE; i++) {
                int number = i * (USERS / SAMPLE) + i;
                server.signIn(http, "user" + number + "@example.com", password(number));
            }
            server.stop();
        }
        return String.format(
                Locale.ROOT,
                "%d users spread over the file then signed in by password through the Frontend API; %,d users have an Argon2id "
                        + "hash of ours since, %,d still the imported one.%n",
                SAMPLE,
                count("select count(*) from user_account where password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%'"),
                count("select count(*) from user_account where password_hash like 'bcrypt:%'"));
    }

    private Report report(Run warm, List<Run> whole, String facts, String signIns) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, """
                # Importing %,d users with bcrypt hashes, SQLite

                `usher import users.csv` into a new data folder: %,d rows in the columns of Clerk's Dashboard export, each with an id,
                names, a username, a verified e-mail address and a bcrypt digest of cost %d (%d different ones, in turn; an import does
                not compute any). %.1f MB. The launcher's heap limit is 512 MiB. Seconds are from the command to its end, the start of
                the program included (`usher version` takes %.1f s); peak memory is the resident peak of the process (VmHWM).

                | round | seconds | users/s | peak MiB | said |
                | --- | --- | --- | --- | --- |
                """, USERS, USERS, BCRYPT_COST, HASHES, Files.size(file) / 1e6, warm.seconds()));
        for (int i = 0; i < whole.size(); i++) text.append(row(i + 1, whole.get(i)));
        ObjectNode figures = JsonNodeFactory.instance
                .objectNode()
                .put("users", USERS)
                .put(
                        "users_per_second",
                        Math.round(Round.middle(whole.stream()
                                .mapToDouble(run -> USERS / run.seconds())
                                .toArray())))
                .put(
                        "peak_mib",
                        Math.round(Round.middle(
                                whole.stream().mapToDouble(Run::peakMiB).toArray())));
        return new Report(
                text.append('\n').append(facts).append('\n').append(signIns).toString(), figures);
    }

    private static String row(int round, Run run) {
        return String.format(
                Locale.ROOT,
                "| %d | %.1f | %.0f | %.0f | %s |%n",
                round,
                run.seconds(),
                USERS / run.seconds(),
                run.peakMiB(),
                run.out().getLast());
    }
}
