package io.tributary.host.calls;

import io.tributary.model.Reason;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.Trouble;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Copies what a plugin threw as text, so that nothing of the plugin outlives the call.
///
/// A throwable is code of the plugin, too: its methods may throw, lie or return null.
final class Thrown {

    private static final int LONGEST_MESSAGE = 1_000;
    private static final int MOST_CAUSES = 4;
    private static final int MOST_FRAMES = 12;

    private final UnaryOperator<String> redact;

    /// @param redact takes known secrets out of a text
    Thrown(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    /// Also takes errors: a stack overflow or an array too large is the call's own trouble. When
    /// the heap itself is exhausted, the process ends before anybody gets here
    /// (`-XX:+ExitOnOutOfMemoryError`).
    PluginFailure copy(Throwable thrown) {
        var type = thrown.getClass().getName();
        return switch (thrown) {
            case Malformed _ ->
                    new PluginFailure(PluginFailure.Cause.MALFORMED, type, message(thrown));
            case NotStored notStored ->
                    new PluginFailure(
                            PluginFailure.Cause.NOT_STORED,
                            type,
                            message(thrown),
                            "",
                            null,
                            notStored.why());
            case Trouble trouble ->
                    new PluginFailure(
                            PluginFailure.Cause.TROUBLE,
                            type,
                            message(thrown),
                            trace(thrown),
                            copy(trouble),
                            null);
            default ->
                    new PluginFailure(
                            PluginFailure.Cause.THROWN,
                            type,
                            message(thrown),
                            trace(thrown),
                            null,
                            null);
        };
    }

    /// The same for what was thrown after the deadline, whatever it was.
    PluginFailure late(Throwable thrown, Calls.Kind kind) {
        return new PluginFailure(
                PluginFailure.Cause.DEADLINE,
                thrown.getClass().getName(),
                kind.title() + " did not end within " + kind.deadline().toMillis() + " ms",
                trace(thrown),
                null,
                null);
    }

    private PluginFailure.Trouble copy(Trouble trouble) {
        var reason = trouble.reason();
        return new PluginFailure.Trouble(
                new Reason(reason.code(), redact.apply(reason.text())), trouble.retryAfter());
    }

    private String message(Throwable thrown) {
        var message = safely(thrown::getMessage);
        if (message == null) {
            return "";
        }
        var redacted = redact.apply(message);
        return redacted.length() <= LONGEST_MESSAGE
                ? redacted
                : redacted.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static String trace(Throwable thrown) {
        var text = new StringBuilder();
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(cause.getClass().getName());
            text.append('\n');
            var frames = safely(cause::getStackTrace);
            for (int i = 0; frames != null && i < Math.min(frames.length, MOST_FRAMES); i++) {
                text.append("  at ").append(frames[i]).append('\n');
            }
            cause = safely(cause::getCause);
        }
        return text.toString();
    }

    private static <T> @Nullable T safely(Supplier<@Nullable T> asked) {
        try {
            return asked.get();
        } catch (Throwable worse) {
            return null;
        }
    }
}
