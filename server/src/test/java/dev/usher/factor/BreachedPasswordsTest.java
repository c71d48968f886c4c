package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.usher.instance.FactorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreachedPasswordsTest {
    /** SHA-1 of "password". */
    private static final String HASH = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";

    private final BreachedPasswords breached = new BreachedPasswords();

    @TempDir
    Path folder;

    private boolean contains(Optional<String> url, Optional<Path> path, String password) {
        return breached.contains(new FactorSettings.BreachedPasswords(url, path.map(Path::toString)), password);
    }

    @Test
    void asksNobodyWhenItIsOff() {
        assertThat(contains(Optional.empty(), Optional.empty(), "password")).isFalse();
    }

    @Test
    void readsARangeFile() throws IOException {
        Files.writeString(
                folder.resolve("5BAA6.txt"),
                "0018A45C4D1DEF81644B54AB7F969B88D65:3\r\n" + HASH.substring(5) + ":99\r\n");
        assertThat(contains(Optional.empty(), Optional.of(folder), "password")).isTrue();
        assertThat(contains(Optional.empty(), Optional.of(folder), "correct horse battery"))
                .isFalse();
    }

    @Test
    void searchesOneFileOfSortedHashes() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 4096; i++) lines.add("%03X".formatted(i) + "0".repeat(37) + ":1");
        lines.add(HASH + ":9");
        lines.sort(null);
        Path file = Files.writeString(folder.resolve("all.txt"), String.join("\r\n", lines) + "\r\n");
        assertThat(contains(Optional.empty(), Optional.of(file), "password")).isTrue();
        assertThat(contains(Optional.empty(), Optional.of(file), "correct horse battery"))
                .isFalse();
    }

    @Test
    void asksARangeServiceForFiveDigitsAlone() throws IOException {
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/range/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = (HASH.substring(5) + ":7\r\n" + "0".repeat(35) + ":0").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Optional<String> url =
                Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/range/");
        try {
            assertThat(contains(url, Optional.empty(), "password")).isTrue();
            assertThat(contains(url, Optional.empty(), "another one")).isFalse();
            assertThat(asked.getFirst()).isEqualTo("/range/5BAA6");
        } finally {
            server.stop(0);
        }
        assertThat(contains(url, Optional.empty(), "password")).isFalse();
    }

    @Test
    void refusesNothingWhenItCannotRead() {
        assertThat(contains(Optional.empty(), Optional.of(folder.resolve("none")), "password"))
                .isFalse();
    }
}
