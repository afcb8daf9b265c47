package io.tributary.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.tributary.host.configuration.Configuration;
import java.util.Iterator;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/// How the member's own log lines look, and which there are.
final class LogLines {

    private LogLines() {}

    static void as(Configuration.Log log) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.getLogger("io.tributary")
                .setLevel(Level.toLevel(log.level().toUpperCase(Locale.ROOT)));
        if (log.format() == Configuration.Format.JSON) {
            asJson(context);
        }
    }

    private static void asJson(LoggerContext context) {
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
                var encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.setWithArguments(false);
                encoder.setWithContext(false);
                encoder.start();
                stream.stop();
                stream.setEncoder(encoder);
                stream.start();
            }
        }
    }
}
