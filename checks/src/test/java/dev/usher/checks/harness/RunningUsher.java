package dev.usher.checks.harness;

import dev.usher.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server for a suite, with a witness that fails the suite when an answer broke the published contract. */
public final class RunningUsher implements BeforeAllCallback, AfterAllCallback {
    private final UnaryOperator<UsherProcess.Plan> plan;
    private final Witness witness = new Witness();
    private UsherProcess process;
    private WitnessProxy proxy;

    private RunningUsher(UnaryOperator<UsherProcess.Plan> plan) {
        this.plan = plan;
    }

    /** With nothing on disk. */
    public static RunningUsher inMemory() {
        return new RunningUsher(UsherProcess.Plan::inMemory);
    }

    public static RunningUsher inMemory(String yaml) {
        return new RunningUsher(started -> started.inMemory().config(yaml));
    }

    public static RunningUsher onDisk() {
        return new RunningUsher(UnaryOperator.identity());
    }

    public static RunningUsher onDisk(String yaml) {
        return new RunningUsher(started -> started.config(yaml));
    }

    /** Started by another command, such as one that gives it fewer cores. */
    public static RunningUsher onDiskUnder(String... command) {
        return new RunningUsher(started -> started.under(command));
    }

    public static RunningUsher on(Path data) {
        return new RunningUsher(started -> started.data(data));
    }

    public static RunningUsher on(Path data, String yaml) {
        return new RunningUsher(started -> started.data(data).config(yaml));
    }

    /** A server that a test starts and ends by itself. */
    public static RunningUsher around(UsherProcess process) {
        RunningUsher running = onDisk();
        running.process = process;
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        UsherProcess.Plan planned = plan.apply(UsherProcess.plan());
        process = (isOnPostgres(context) ? planned.postgres(emptyDatabase()) : planned).start();
    }

    private static boolean isOnPostgres(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(OnPostgres.class)
                || System.getProperty("usher.store", "").equals("postgres");
    }

    private static String emptyDatabase() {
        PostgresServer server = PostgresServer.shared();
        return server.url(server.newDatabase());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (proxy != null) proxy.close();
        proxy = null;
        if (process == null) return;
        process.close();
        witness.assertClean();
        String log = process.output();
        int trouble = log.indexOf("Exception");
        if (trouble < 0) return;
        int line = log.lastIndexOf('\n', log.lastIndexOf('\n', trouble) - 1) + 1;
        throw new AssertionError("the log shows:\n" + log.substring(line, Math.min(log.length(), line + 2000)));
    }

    public UsherProcess process() {
        return process;
    }

    public Witness witness() {
        return witness;
    }

    public String url() {
        return process.url();
    }

    /** The witness as a proxy, for clients that are not ours. */
    public synchronized WitnessProxy proxy() {
        if (proxy == null) proxy = new WitnessProxy(process.url(), witness);
        return proxy;
    }

    /** Sends a request past the witness. */
    public Answer send(Call call) throws IOException {
        Answer answer = Http.send(process.url(), call);
        witness.saw(call, answer);
        return answer;
    }

    /** Sends a request that no client sends, only to see whether there is anybody; its answer is held against no document. */
    public Answer knock(Call call) {
        try {
            return Http.send(process.url(), call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #send}, for requests that carry no credentials. */
    public Answer get(String target) {
        try {
            return send(Call.of("GET", target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Fapi browser() {
        return Fapi.browser(this);
    }

    /** A browser with a development token, as clerk-js makes it for development keys. */
    public Fapi devBrowser() {
        return Fapi.devBrowser(this);
    }

    public Fapi nativeApp() {
        return Fapi.nativeApp(this);
    }

    /** A server with the instance's own secret key. */
    public Bapi server() {
        return server(process.key("CLERK_SECRET_KEY"));
    }

    public Bapi server(String secretKey) {
        return new Bapi(this, secretKey);
    }

    /** The last code that was sent to a person. */
    public String codeFor(Person person) {
        if (person.isTest()) return "424242";
        Answer inbox = get("/_usher/inbox.json?limit=1&to=" + Wire.encoded(person.email()));
        String code = inbox.string("/data/0/code");
        if (code.isEmpty()) throw new AssertionError("no code was sent to " + person.email() + ": " + inbox);
        return code;
    }

    /** The last link that was sent to a person, from its path on. */
    public String linkFor(Person person) {
        Answer inbox = get("/_usher/inbox.json?limit=1&to=" + Wire.encoded(person.email()));
        String link = inbox.string("/data/0/link");
        if (!link.startsWith(url() + "/"))
            throw new AssertionError("no link was sent to " + person.email() + ": " + inbox);
        return link.substring(url().length());
    }

    /** Moves the server's clock forward. */
    public void advance(Duration span) {
        Call call = Call.of("POST", "/_usher/clock")
                .with("Content-Type", Fapi.FORM)
                .with(("advance=" + span.toSeconds() + "s").getBytes());
        try {
            Fapi.require(send(call));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server's clock shows, in milliseconds. */
    public long now() {
        return get("/_usher/clock").at("/now").asLong();
    }
}
