package dev.usher.app;

import java.nio.file.Path;
import java.util.Optional;
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
