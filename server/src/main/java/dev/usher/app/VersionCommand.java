package dev.usher.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code usher version}. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println("usher " + Version.text() + " (Java " + Runtime.version() + ")");
        return 0;
    }
}
