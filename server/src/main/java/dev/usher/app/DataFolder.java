package dev.usher.app;

import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that one running server owns: the database, and in development the master key. */
final class DataFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_OF_OWNER = PosixFilePermissions.fromString("rwx------");

    private static final String DATABASE = "usher.db";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Another server works in this folder. */
    static final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InUse(Path folder) {
            super("another Usher is running on the data folder " + folder);
        }
    }

    /** Takes the folder for this process; the lock goes with the process, however it ends. */
    static DataFolder take(Path folder) {
        try {
            if (Files.notExists(folder)) create(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("usher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new InUse(folder);
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the data folder " + folder, e);
        }
    }

    /** What lies in it is the owner's alone, whatever the files' own permissions are. */
    private static void create(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER_OF_OWNER));
    }

    /** The folder of a database that is there, without the right to it: a server may be running on it. */
    static Path existing(Path folder) {
        if (!Files.exists(folder.resolve(DATABASE)))
            throw new IllegalStateException("there is no Usher data in " + folder);
        return folder;
    }

    /** Takes the folder unless a running server has it. */
    static Optional<DataFolder> takeIfFree(Path folder) {
        try {
            return Optional.of(take(folder));
        } catch (InUse e) {
            return Optional.empty();
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    static Path database(Path folder) {
        return folder.resolve(DATABASE);
    }

    Path database() {
        return folder.resolve(DATABASE);
    }

    /** The key kept beside the data of a development instance, made on first use. */
    Secret masterKey(Randomness randomness) {
        return masterKey(folder, randomness);
    }

    static Secret masterKey(Path folder, Randomness randomness) {
        Path file = folder.resolve("master.key");
        try {
            if (Files.exists(file)) return Secret.of(Files.readString(file).trim());
            String made = Base64.getEncoder().encodeToString(randomness.bytes(32));
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(file, made + "\n");
            return Secret.of(made);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the master key in " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
