package dev.usher.bench;

import dev.usher.base.Secret;
import dev.usher.http.ClientToken;
import dev.usher.http.Form;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.session.MintRead;
import dev.usher.session.Session;
import dev.usher.token.TokenParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a mint, for JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {
    private static final String QUERY = "__clerk_api_version=2026-05-12&_clerk_js_version=6.40.0";
    private static final String SECRET = "s".repeat(43);

    private final Instance instance = new Instance(
            "ins_" + "0".repeat(27), true, "clerk.example.com", "http://localhost", Settings.defaults(true));
    private final Instant now = Instant.now();
    private final TokenParts token = new TokenParts(instance, now);
    private final String hash = Secret.of(SECRET).hash();
    private final String cookie = "client_" + "0".repeat(27) + "." + SECRET;
    private final Path folder;
    private final MintRead read;

    public Parts() {
        try {
            folder = Files.createTempDirectory("usher-parts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        read = new MintRead(folder, instance, now);
    }

    @Setup
    public void check() {
        if (!read.session().id().startsWith("sess_")) throw new IllegalStateException("another session was read");
    }

    @TearDown
    public void close() {
        read.close();
        ServerUnderTest.delete(folder);
    }

    @Benchmark
    public byte[] signature() {
        return token.signature();
    }

    @Benchmark
    public String assembly() {
        return token.assembly();
    }

    @Benchmark
    public ObjectNode claims() {
        return token.claims();
    }

    @Benchmark
    public Session read() {
        return read.session();
    }

    @Benchmark
    public Form form() {
        return Form.parse(QUERY);
    }

    @Benchmark
    public boolean proof() {
        return ClientToken.parse(cookie).orElseThrow().secret().hashesTo(hash);
    }
}
