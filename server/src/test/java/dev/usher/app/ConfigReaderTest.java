package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    private Path folder;

    private Optional<Path> file(String yaml) throws IOException {
        return Optional.of(Files.writeString(folder.resolve("usher.yaml"), yaml));
    }

    private static String[] faults(Optional<Path> file, boolean development, Map<String, String> environment) {
        try {
            ConfigReader.read(file, development, environment);
            return new String[0];
        } catch (ConfigReader.Faulty e) {
            return e.faults().toArray(String[]::new);
        }
    }

    @Test
    void developmentNeedsNothing() {
        Config config = ConfigReader.read(Optional.empty(), true, Map.of());
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(4400);
        assertThat(config.instance().settings().singleSessionMode()).isTrue();
        assertThat(config.instance().settings().lifetimes().maximum()).contains(Duration.ofDays(7));
        assertThat(config.instance().settings().lifetimes().inactivity()).isEmpty();
        assertThat(config.mail()).isEmpty();
    }

    @Test
    void readsEverySetting() throws IOException {
        Config config = ConfigReader.read(file("""
                listen: {host: 0.0.0.0, port: 8080}
                public-url: https://clerk.example.com
                data: /var/lib/usher
                master-key: %s
                instance:
                  name: main
                  frontend-api-host: clerk.example.com
                  secret-key: sk_live_0123456789abcdef0123456789abcdef
                  application-name: Example
                  single-session-mode: false
                  native-api: true
                  test-mode: true
                  allowed-origins: ["chrome-extension://abc", "https://other.example"]
                  home-url: https://example.com/
                  delete-self: false
                  session: {maximum-lifetime: off, inactivity-timeout: 30m}
                  codes: {validity: 5m, tries: 3, resend-pause: 1m}
                  passwords: {minimum-length: 12}
                mail: {host: mail.example.com, port: 465, protection: tls, username: u, password: p, from: login@example.com}
                hashing: {slots: 2, queue: 9, patience: 3s}
                store: {readers: 8, queue: 99}
                log: {level: debug, format: json}
                """.formatted(KEY)), false, Map.of());
        var settings = config.instance().settings();
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.instance().frontendApiHost()).contains("clerk.example.com");
        assertThat(settings.allowedOrigins()).containsExactly("chrome-extension://abc", "https://other.example");
        assertThat(settings.lifetimes().maximum()).isEmpty();
        assertThat(settings.lifetimes().inactivity()).contains(Duration.ofMinutes(30));
        assertThat(settings.codes().tries()).isEqualTo(3);
        assertThat(settings.passwords().minimumLength()).isEqualTo(12);
        assertThat(settings.deleteSelf()).isFalse();
        assertThat(config.mail().orElseThrow().port()).isEqualTo(465);
        assertThat(config.hashing()).isEqualTo(new Config.HashingConfig(2, 9, Duration.ofSeconds(3)));
        assertThat(config.store()).isEqualTo(new Config.StoreConfig(8, 99, Optional.empty()));
        assertThat(config.log()).isEqualTo(new Config.LogConfig("debug", true));
        assertThat(config.effective().toString())
                .doesNotContain(KEY)
                .doesNotContain("sk_live_0")
                .contains("****");
    }

    @Test
    void productionNamesEverythingThatIsMissingAtOnce() throws IOException {
        assertThat(faults(file("data: x"), false, Map.of()))
                .extracting(fault -> fault.replaceFirst(":.*", ""))
                .containsExactlyInAnyOrder(
                        "public-url", "master-key", "instance.frontend-api-host", "instance.secret-key", "mail.host");
    }

    @Test
    void namesEveryFaultOfTheFileAtOnce() throws IOException {
        assertThat(faults(file("""
                listen: {port: 70000, hots: x}
                public-url: example.com/path
                master-key: short
                instance:
                  single-session-mode: maybe
                  session: {maximum-lifetime: 1m, inactivity-timeout: soon}
                  codes: {tries: 50}
                mail: {protection: ssl}
                colour: red
                """), true, Map.of("USHER_STORE_REDAERS", "3")))
                .extracting(fault -> fault.replaceFirst(":.*", ""))
                .containsExactlyInAnyOrder(
                        "listen.port",
                        "listen.hots",
                        "public-url",
                        "master-key",
                        "instance.single-session-mode",
                        "instance.session.maximum-lifetime",
                        "instance.session.inactivity-timeout",
                        "instance.codes.tries",
                        "mail.protection",
                        "colour",
                        "USHER_STORE_REDAERS");
    }

    @Test
    void theEnvironmentIsStrongerThanTheFile() throws IOException {
        Map<String, String> environment = Map.of(
                "USHER_LISTEN_PORT",
                "1234",
                "USHER_INSTANCE_ALLOWED_ORIGINS",
                "https://a.test, https://b.test",
                "USHER_URL",
                "http://localhost:1");
        Config config = ConfigReader.read(file("listen: {port: 80}"), true, environment);
        assertThat(config.port()).isEqualTo(1234);
        assertThat(config.instance().settings().allowedOrigins()).containsExactly("https://a.test", "https://b.test");
    }

    @Test
    void secretsMayStandInFilesOfTheirOwn() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), KEY + "\n");
        Config config = ConfigReader.read(file("master-key-file: " + key), true, Map.of());
        assertThat(config.masterKey().orElseThrow().reveal()).isEqualTo(KEY);
        assertThat(faults(file("master-key-file: /nowhere"), true, Map.of())).hasSize(1);
    }

    @Test
    void bothLifetimesCannotBeOff() throws IOException {
        assertThat(faults(
                        file("instance: {session: {maximum-lifetime: off, inactivity-timeout: off}}"), true, Map.of()))
                .hasSize(1);
    }

    @Test
    void anUnreadableFileIsOneFault() {
        assertThatThrownBy(() -> ConfigReader.read(Optional.of(folder.resolve("none.yaml")), true, Map.of()))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigReader.Faulty.class))
                .satisfies(e -> assertThat(e.faults()).hasSize(1));
    }

    @Test
    void postgresTakesThePlaceOfTheDataFolder() {
        Config config = ConfigReader.read(
                Optional.empty(),
                true,
                Map.of(
                        "USHER_STORE_URL", "postgres://ann:hush@db.example/usher?sslmode=require",
                        "USHER_STORE_WRITERS", "3",
                        "USHER_MASTER_KEY", KEY));
        assertThat(config.data()).isEmpty();
        assertThat(config.store().postgres()).hasValueSatisfying(settings -> {
            assertThat(settings.address()).hasToString("jdbc:postgresql://db.example/usher?sslmode=require");
            assertThat(settings.readers()).isEqualTo(4);
            assertThat(settings.writers()).isEqualTo(3);
            assertThat(settings.statementTimeout()).isEqualTo(Duration.ofMillis(1500));
        });
        assertThat(config.effective().toString()).doesNotContain("hush").contains("sslmode=require");
    }

    @Test
    void nodesOfOneDatabaseNeedTheSameMasterKeyAlsoInDevelopment() {
        String[] faults = faults(Optional.empty(), true, Map.of("USHER_STORE_URL", "postgres://db.example/usher"));
        assertThat(faults).singleElement().asString().startsWith("master-key: is required");
    }

    @Test
    void whatIsNoAddressOfADatabaseIsNamedButNotRepeated() {
        String[] faults = faults(
                Optional.empty(),
                true,
                Map.of("USHER_STORE_URL", "mysql://ann:hush@db/usher", "USHER_STORE_WRITERS", "0"));
        assertThat(faults).hasSize(2);
        assertThat(faults[0] + faults[1]).contains("store.url", "store.writers").doesNotContain("hush");
    }
}
