package dev.usher.checks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority that nobody knows, and one certificate of it, as files in PEM; made with the JDK's own tool. */
public final class LocalAuthority {
    private static final String PASSWORD = "of a folder that is removed";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private final Path folder = Launcher.temporaryFolder();
    private final KeyStore keys;

    private LocalAuthority(String names) {
        tool("-alias", "authority", "-dname", "CN=Local authority", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        tool("-alias", "server", "-dname", "CN=server", "-signer", "authority", "-ext", "san=" + names);
        try (InputStream store = Files.newInputStream(store())) {
            keys = KeyStore.getInstance("PKCS12");
            keys.load(store, PASSWORD.toCharArray());
            byte[] secret = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
            Files.writeString(key(), pem("PRIVATE KEY", secret));
            Certificate[] chain = keys.getCertificateChain("server");
            Files.writeString(chain(), pem("CERTIFICATE", chain[0].getEncoded()) + Files.readString(writeAuthority()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a certificate for some names, as {@code dns:example.test,ip:127.0.0.1}. */
    public static LocalAuthority with(String names) {
        return new LocalAuthority(names);
    }

    private void tool(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0)
                throw new AssertionError("keytool: " + Files.readString(folder.resolve("keytool.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path writeAuthority() throws IOException, GeneralSecurityException {
        return Files.writeString(
                certificate(),
                pem("CERTIFICATE", keys.getCertificate("authority").getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, LINES.encodeToString(bytes));
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    /** The certificate of the authority itself, for those who shall trust it. */
    public Path certificate() {
        return folder.resolve("authority.pem");
    }

    /** The server's certificate, followed by the authority's. */
    public Path chain() {
        return folder.resolve("server.pem");
    }

    public Path key() {
        return folder.resolve("server.key");
    }

    /** SHA-256 of the authority's public key in base64, as browsers take it on their command line. */
    public String fingerprint() {
        try {
            byte[] key = keys.getCertificate("authority").getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
