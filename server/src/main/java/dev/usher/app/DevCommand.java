package dev.usher.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher dev}: a development instance, with keys made on first start. */
@Command(
        name = "dev",
        description = "Start a development instance (the default command).",
        mixinStandardHelpOptions = true)
final class DevCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "Port to listen on, 0 for a free one (default 4400).")
    private @Nullable Integer port;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default ./usher-data).")
    private @Nullable Path data;

    @Option(names = "--in-memory", description = "Keep nothing.")
    private boolean inMemory;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Write the variables for SDKs when the server answers.")
    private @Nullable Path envFile;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
    private @Nullable Path config;

    /** The command, where its options are written plainly. */
    static Optional<DevCommand> plain(String[] command) {
        return PlainOptions.of(command, Set.of("--port", "--data", "--env-file", "--config"), Set.of("--in-memory"))
                .filter(options -> options.value("--port").stream().allMatch(DevCommand::isNumber))
                .map(DevCommand::of);
    }

    private static boolean isNumber(String port) {
        return port.matches("[0-9]{1,5}");
    }

    private static DevCommand of(PlainOptions options) {
        DevCommand command = new DevCommand();
        command.port = options.value("--port").map(Integer::valueOf).orElse(null);
        command.data = options.value("--data").map(Path::of).orElse(null);
        command.envFile = options.value("--env-file").map(Path::of).orElse(null);
        command.config = options.value("--config").map(Path::of).orElse(null);
        command.inMemory = options.isSet("--in-memory");
        return command;
    }

    @Override
    public Integer call() throws Exception {
        Config read = ConfigReader.read(Optional.ofNullable(config), true, environment());
        Logging.arrange(read.log());
        Running running = new Running();
        Server server = Server.start(inMemory ? withoutData(read) : read, ServerOptions.home());
        running.closeAtExit(server);
        String url = read.publicUrl().orElse("http://localhost:" + server.port());
        if (envFile != null) new EnvFile(server, url).write(envFile);
        DevBanner.print(server, url);
        running.await();
        return 0;
    }

    /** Options are the strongest source: they stand in for variables. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (port != null) environment.put("USHER_LISTEN_PORT", port.toString());
        if (data != null) environment.put("USHER_DATA", data.toString());
        return environment;
    }

    private static Config withoutData(Config config) {
        return new Config(
                config.isDevelopment(),
                config.host(),
                config.port(),
                config.publicUrl(),
                Optional.empty(),
                config.masterKey(),
                config.instance(),
                config.mail(),
                config.sms(),
                config.hashing(),
                new Config.StoreConfig(config.store().readers(), config.store().queue(), Optional.empty()),
                config.log(),
                config.effective(),
                config.furtherInstances(),
                config.listen(),
                config.webhooks(),
                config.observe());
    }
}
