package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A production server as an operator starts it, with a certificate of a local authority. Its clock is the machine's. */
public final class ProductionUsher implements BeforeAllCallback, AfterAllCallback {
    public static final String DOMAIN = "usher.test";
    public static final String HOST = "clerk." + DOMAIN;
    private static final String SECRET_KEY = "sk_live_0123456789abcdef0123456789abcdef";
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Pattern READY =
            Pattern.compile("is ready on 127\\.0\\.0\\.1:(?<port>\\d+) .* publishable key (?<key>pk_live_\\w+)");

    private final String settings;
    private final Path folder = Launcher.temporaryFolder();
    private final LocalAuthority authority =
            LocalAuthority.with("dns:%s,dns:*.%s,dns:localhost,ip:127.0.0.1".formatted(DOMAIN, DOMAIN));
    private Process process;

    private ProductionUsher(String settings) {
        this.settings = settings;
    }

    /** With more settings of the instance, as lines of YAML. */
    public static ProductionUsher with(String settings) {
        return new ProductionUsher(settings);
    }

    private String configuration() {
        return """
                listen:
                  host: 127.0.0.1
                  port: 0
                  tls:
                    certificate: %s
                    key: %s
                public-url: https://%s
                data: %s
                master-key: %s
                mail:
                  host: 127.0.0.1
                  from: login@%s
                instance:
                  frontend-api-host: %s
                  secret-key: %s
                """.formatted(
                                authority.chain(),
                                authority.key(),
                                HOST,
                                folder.resolve("data"),
                                Base64.getEncoder().encodeToString(new byte[32]),
                                DOMAIN,
                                HOST,
                                SECRET_KEY)
                + settings.indent(2);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path config = Files.writeString(folder.resolve("usher.yaml"), configuration());
        process = Launcher.builder(Map.of(), List.of("serve", "--config", config.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        if (Launcher.await(process, START_LIMIT, () -> READY.matcher(output()).find())) return;
        process.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + output());
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) throw new AssertionError("the server does not end:\n" + output());
        if (output().contains("Exception")) throw new AssertionError("the log shows:\n" + output());
    }

    public LocalAuthority authority() {
        return authority;
    }

    /** Where it is reached without a name server: by the certificate's name for this machine. */
    public String url() {
        return "https://localhost:" + said("port");
    }

    public String publishableKey() {
        return said("key");
    }

    private String said(String what) {
        Matcher ready = READY.matcher(output());
        if (!ready.find()) throw new IllegalStateException("not started");
        return ready.group(what);
    }

    public String secretKey() {
        return SECRET_KEY;
    }

    private Path log() {
        return folder.resolve("usher.log");
    }

    private String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
