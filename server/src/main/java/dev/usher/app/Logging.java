package dev.usher.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs to standard error. Also found by Logback as a service, where SLF4J was not told of {@link LoggingProvider}. */
public final class Logging extends ContextAwareBase implements Configurator {
    /** In UTC, also because the rules of another time zone are a service, which every jar would be opened for at start. */
    private static final String PATTERN = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level %logger{0}: %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        arrange(context, new Config.LogConfig("info", false));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Changes to what the configuration says. */
    static void arrange(Config.LogConfig config) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) arrange(context, config);
    }

    private static void arrange(LoggerContext context, Config.LogConfig config) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, config.asJson()));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(Level.WARN);
        context.getLogger("dev.usher").setLevel(Level.toLevel(config.level()));
        context.getLogger("usher").setLevel(Level.toLevel(config.level()));
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean asJson) {
        if (asJson) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
