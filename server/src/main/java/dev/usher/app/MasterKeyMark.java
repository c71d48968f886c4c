package dev.usher.app;

import dev.usher.base.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Names a master key without telling it: the start of its hash, which is enough to tell keys apart. */
final class MasterKeyMark {
    private static final int DIGITS = 16;

    private MasterKeyMark() {}

    static String of(Secret masterKey) {
        return Secret.of("usher master key\n" + masterKey.reveal()).hash().substring(0, DIGITS);
    }

    /** The key of the settings, or the one that lies in the folder; none is made. */
    static Optional<Secret> known(Config config, Path folder) {
        return config.masterKey().or(() -> inFolder(folder));
    }

    private static Optional<Secret> inFolder(Path folder) {
        Path file = folder.resolve("master.key");
        try {
            return Files.exists(file)
                    ? Optional.of(Secret.of(Files.readString(file).trim()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
