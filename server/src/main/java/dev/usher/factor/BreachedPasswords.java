package dev.usher.factor;

import dev.usher.instance.FactorSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells passwords that are known from breaches: by a range service, which learns the first five digits of a SHA-1 and no more
 * (k-anonymity), or by files on this machine. Where neither can be read, nothing is refused.
 */
public final class BreachedPasswords {
    private static final Logger LOG = LoggerFactory.getLogger(BreachedPasswords.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PREFIX = 5;

    /** Made at the first use, since it loads the whole of TLS. */
    private static final class Lazy {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
    }

    boolean contains(FactorSettings.BreachedPasswords settings, String password) {
        if (!settings.enabled()) return false;
        String hash = sha1(password);
        try {
            Optional<Path> path = settings.path().map(Path::of);
            if (path.isPresent() && isIn(path.get(), hash)) return true;
            return settings.url().isPresent() && isKnownTo(settings.url().get(), hash);
        } catch (IOException e) {
            LOG.warn("a new password was not checked against known breaches: {}", e.toString());
            return false;
        }
    }

    private static String sha1(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private boolean isKnownTo(String url, String hash) throws IOException {
        URI uri = URI.create((url.endsWith("/") ? url : url + "/") + hash.substring(0, PREFIX));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Add-Padding", "true")
                .build();
        try {
            HttpResponse<Stream<String>> response = Lazy.CLIENT.send(request, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200)
                    throw new IOException(uri.getHost() + " answered " + response.statusCode());
                return lists(lines, hash.substring(PREFIX));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + uri.getHost(), e);
        }
    }

    /** Lines are {@code SUFFIX:COUNT}; padding has the count 0. */
    private static boolean lists(Stream<String> lines, String suffix) {
        return lines.map(String::trim).anyMatch(line -> line.startsWith(suffix + ":") && !line.endsWith(":0"));
    }

    private static boolean isIn(Path path, String hash) throws IOException {
        if (!Files.isDirectory(path)) return isInSorted(path, hash);
        Path range = path.resolve(hash.substring(0, PREFIX) + ".txt");
        if (!Files.exists(range)) return false;
        try (Stream<String> lines = Files.lines(range)) {
            return lists(lines, hash.substring(PREFIX));
        }
    }

    /** Searches one file of whole hashes in ascending order, {@code HASH:COUNT}, by halving. */
    private static boolean isInSorted(Path path, String hash) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long low = 0;
            long high = file.length();
            while (low < high) {
                long middle = (low + high) >>> 1;
                String line = lineFrom(file, middle);
                if (line.isEmpty() || line.compareTo(hash) >= 0) high = middle;
                else low = middle + 1;
            }
            return lineFrom(file, low).startsWith(hash);
        }
    }

    /** The first line that begins at or after the position. */
    private static String lineFrom(RandomAccessFile file, long position) throws IOException {
        file.seek(Math.max(0, position - 1));
        if (position > 0) file.readLine();
        String line = file.readLine();
        return line == null ? "" : line.trim();
    }
}
