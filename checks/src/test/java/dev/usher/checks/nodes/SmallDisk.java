package dev.usher.checks.nodes;

import dev.usher.checks.harness.Launcher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system in memory that can be filled up; only root may have one. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Empty where this user may not mount anything. */
    static Optional<SmallDisk> of(int mebibytes) {
        Path folder = Launcher.temporaryFolder();
        boolean isMounted = done("mount", "-t", "tmpfs", "-o", "mode=0777,size=" + mebibytes + "m", "tmpfs", folder);
        if (!isMounted) return Optional.empty();
        SmallDisk disk = new SmallDisk(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
        return Optional.of(disk);
    }

    private static boolean done(Object... command) {
        try {
            String[] words = new String[command.length];
            for (int i = 0; i < words.length; i++) words[i] = command[i].toString();
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Takes all the room that is left. */
    void fill() {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) out.write(block);
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unmounts it, and at the latest when nobody uses it any more. */
    @Override
    public void close() {
        done("umount", "--lazy", folder);
    }
}
