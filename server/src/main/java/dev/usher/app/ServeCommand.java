package dev.usher.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code usher serve}: a production instance; its secrets come from the operator and from nowhere else. */
@Command(name = "serve", description = "Start a production instance.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "Settings in YAML.")
    private Path config = Path.of("usher.yaml");

    /** The command, where its options are written plainly. */
    static Optional<ServeCommand> plain(String[] command) {
        return PlainOptions.of(command, Set.of("--config"), Set.of())
                .flatMap(options -> options.value("--config"))
                .map(file -> {
                    ServeCommand serve = new ServeCommand();
                    serve.config = Path.of(file);
                    return serve;
                });
    }

    @Override
    public Integer call() throws Exception {
        Config read = ConfigReader.read(Optional.of(config), false, System.getenv());
        Logging.arrange(read.log());
        Running running = new Running();
        Server server = Server.start(read, ServerOptions.home());
        running.closeAtExit(server);
        LOG.info(
                "Usher {} is ready on {}:{} for {}, publishable key {}, signing by {}",
                Version.text(),
                read.host(),
                server.port(),
                read.publicUrl().orElse(""),
                server.instances().instance().publishableKey(),
                server.keys().providerName());
        running.await();
        return 0;
    }
}
