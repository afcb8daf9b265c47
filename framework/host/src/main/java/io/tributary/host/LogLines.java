package io.tributary.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import io.tributary.host.configuration.Configuration;
import java.util.Iterator;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/// How the member's own log lines look, and which there are: one line per event, on standard error,
/// since standard output is for what was asked for.
///
/// The log library finds this class by `META-INF/services`. Said in Java and not in XML, since
/// reading XML took a tenth of a member's start.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogLines extends ContextAwareBase implements Configurator {

    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'[\\r\\n\\x1b]', ' '}%n%xEx{8}";

    /// For the log library.
    public LogLines() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getStatusManager().add(new NopStatusListener());
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.addTurboFilter(new PluginLines());
        context.getLogger("io.tributary").setLevel(Level.INFO);
        // It warns of every connection that ends. What matters of it is said by the room that knows
        // it; who was kept out is told by these two alone.
        context.getLogger("com.hazelcast").setLevel(Level.ERROR);
        context.getLogger("com.hazelcast.system").setLevel(Level.WARN);
        context.getLogger("com.hazelcast.cluster").setLevel(Level.WARN);
        // that it has no address is told in a sentence, without its trace
        context.getLogger("com.hazelcast.instance").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Lays `log.level` and `log.format` of `tributary.yaml` over it.
    static void as(Configuration.Log log) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.getLogger("io.tributary")
                .setLevel(Level.toLevel(log.level().toUpperCase(Locale.ROOT)));
        if (log.format() == Configuration.Format.JSON) {
            write(context, json(context));
        }
    }

    /// Silence, where findings are told in another way.
    static void none() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("io.tributary").setLevel(Level.OFF);
        }
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.start();
        return encoder;
    }

    private static void write(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
                stream.stop();
                stream.setEncoder(encoder);
                stream.start();
            }
        }
    }
}
