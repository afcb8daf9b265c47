package io.tributary.host.accounts;

import io.tributary.host.secrets.Redactor;
import io.tributary.model.AccountId;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What a plugin logs for one account: in the host's log, with the account's name, without secrets,
/// and not too much of it. Throwables are written out as text at once, so that no queue of the log
/// keeps the plugin's objects.
final class PluginLog implements System.Logger {

    /// Lines that may come at once, and how many more each second brings.
    private static final int BURST = 100;

    private static final int PER_SECOND = 20;
    private static final int LONGEST = 4_000;
    private static final int MOST_FRAMES = 20;
    private static final int MOST_CAUSES = 5;

    private final Logger log;
    private final AccountId account;
    private final Redactor redactor;
    private final Lease lease;
    private final AtomicLong leftOut = new AtomicLong();
    private double room = BURST;
    private long filled = System.nanoTime();

    PluginLog(String plugin, AccountId account, Redactor redactor, Lease lease) {
        this.log = LoggerFactory.getLogger("plugin." + plugin);
        this.account = account;
        this.redactor = redactor;
        this.lease = lease;
    }

    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return switch (level) {
            case ALL, OFF -> false;
            case TRACE -> log.isTraceEnabled();
            case DEBUG -> log.isDebugEnabled();
            case INFO -> log.isInfoEnabled();
            case WARNING -> log.isWarnEnabled();
            case ERROR -> log.isErrorEnabled();
        };
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (admitted(level)) {
            write(level, message == null ? "" : message, thrown);
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object... parameters) {
        if (admitted(level)) {
            write(level, formatted(format == null ? "" : format, parameters), null);
        }
    }

    /// Secrets are known only while the account is open: afterwards nothing can be logged safely.
    private boolean admitted(Level level) {
        lease.check();
        if (!isLoggable(level)) {
            return false;
        }
        if (hasRoom()) {
            return true;
        }
        leftOut.incrementAndGet();
        return false;
    }

    private synchronized boolean hasRoom() {
        long now = System.nanoTime();
        room = Math.min(BURST, room + (now - filled) / 1e9 * PER_SECOND);
        filled = now;
        if (room < 1) {
            return false;
        }
        room--;
        return true;
    }

    private void write(Level level, String message, @Nullable Throwable thrown) {
        long missing = leftOut.getAndSet(0);
        if (missing > 0) {
            log.warn("account {}: {} lines were too many and left out", account, missing);
        }
        var text = message + (thrown == null ? "" : "\n" + trace(thrown));
        line(level).log("account {}: {}", account, safe(text));
    }

    private LoggingEventBuilder line(Level level) {
        return switch (level) {
            case ALL, OFF, TRACE -> log.atTrace();
            case DEBUG -> log.atDebug();
            case INFO -> log.atInfo();
            case WARNING -> log.atWarn();
            case ERROR -> log.atError();
        };
    }

    /// Without secrets, and without what could look like a line of its own.
    private String safe(String text) {
        var redacted = redactor.redact(text);
        var cut = redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "…";
        var line = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (c == '\n') {
                line.append("\n    ");
            } else {
                line.append(Character.isISOControl(c) && c != '\t' ? '?' : c);
            }
        }
        return line.toString();
    }

    private static String formatted(String format, @Nullable Object... parameters) {
        if (parameters == null || parameters.length == 0) {
            return format;
        }
        try {
            return MessageFormat.format(format, parameters);
        } catch (IllegalArgumentException wrongFormat) {
            return format;
        }
    }

    private static String trace(Throwable thrown) {
        var text = new StringBuilder();
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(cause).append('\n');
            var frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                text.append("  at ").append(frames[i]).append('\n');
            }
            cause = cause.getCause();
        }
        return text.toString().stripTrailing();
    }
}
