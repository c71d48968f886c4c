package dev.usher.app;

import dev.usher.base.Json;
import dev.usher.doctor.Doctor;
import dev.usher.doctor.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code usher doctor}: why an app and this server do not understand each other. */
@Command(
        name = "doctor",
        description = "Check an app's keys, addresses, clock, cookies and last handshakes, and say what is wrong.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> USUAL = List.of(".env", ".env.local", ".env.development.local");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "The app's variables; may be given more than once (default .env and .env.local).")
    private List<Path> envFiles = List.of();

    @Option(names = "--app", paramLabel = "URL", description = "A page of the running app, which is visited.")
    private @Nullable String app;

    @Option(names = "--url", paramLabel = "URL", description = "Usher's address (default: the app's CLERK_API_URL).")
    private @Nullable String url;

    @Option(names = "--config", paramLabel = "FILE", description = "Usher's own settings, to be checked too.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Usher's data folder, to be checked too.")
    private @Nullable Path data;

    @Option(names = "--production", description = "Read the settings as `usher serve` does.")
    private boolean production;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean asJson;

    @Override
    public Integer call() {
        Logging.arrange(new Config.LogConfig("error", false));
        List<Finding> findings = Doctor.examine(
                new Doctor.Patient(files(), address("--app", app), address("--url", url), configurationFaults()));
        long faults = findings.stream()
                .filter(finding -> !finding.fault().isWarning())
                .count();
        if (asJson) printJson(findings);
        else print(findings, faults);
        return faults == 0 ? 0 : 1;
    }

    private Map<String, Optional<byte[]>> files() {
        Map<String, Optional<byte[]>> files = new LinkedHashMap<>();
        envFiles.forEach(file -> files.put(file.toString(), bytes(file)));
        if (files.isEmpty())
            USUAL.forEach(name -> bytes(Path.of(name)).ifPresent(bytes -> files.put(name, Optional.of(bytes))));
        if (files.isEmpty()) files.put(".env", Optional.empty());
        return files;
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Optional<String> address(String option, @Nullable String given) {
        if (given == null) return Optional.empty();
        boolean fits = given.matches("https?://\\S+") && host(given).isPresent();
        if (fits) return Optional.of(given);
        if (spec == null) throw new IllegalStateException(option + " needs an address");
        throw new CommandLine.ParameterException(
                spec.commandLine(), option + " needs an address that begins with http:// or https://");
    }

    private static Optional<String> host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Nothing is checked that was not named: the settings of another server would only mislead. */
    private List<String> configurationFaults() {
        if (config == null && data == null) return List.of();
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (data != null) environment.put("USHER_DATA", data.toString());
        try {
            Config read = ConfigReader.read(Optional.ofNullable(config), !production, environment);
            if (data != null) OpenData.reading(read).close();
            return List.of();
        } catch (ConfigReader.Faulty faulty) {
            return faulty.faults();
        } catch (Exception e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static void printJson(List<Finding> findings) {
        var json = Json.object();
        var list = json.putArray("findings");
        findings.forEach(finding -> list.add(finding.json()));
        System.out.println(Json.text(json));
    }

    private void print(List<Finding> findings, long faults) {
        findings.forEach(finding -> System.out.printf(
                "%s  %s%n  Seen     %s%n  Means    %s%n  Mend it  %s%n%n",
                finding.fault().isWarning() ? "WARNING" : "FAULT",
                finding.fault().id(),
                finding.seen(),
                finding.fault().means(),
                finding.fault().mend()));
        System.out.println(
                findings.isEmpty()
                        ? "Nothing is wrong."
                        : faults
                                + (faults == 1 ? " fault, " : " faults, ")
                                + (findings.size() - faults)
                                + (findings.size() - faults == 1 ? " warning." : " warnings."));
        if (app == null) System.out.println("The app was not visited: name a page of it with --app.");
    }
}
