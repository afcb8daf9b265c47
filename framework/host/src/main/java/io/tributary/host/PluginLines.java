package io.tributary.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.tributary.host.guard.Guarded;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/// Lets plugins and their libraries log so many lines and no more, each plugin for itself. Whose
/// line it is says the context class loader of the thread.
final class PluginLines extends TurboFilter {

    private static final String HOST = "io.tributary.host";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        // a null format asks whether the level is on
        if (format == null || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        if (Thread.currentThread().getContextClassLoader() instanceof Guarded plugin
                && !logger.getName().startsWith(HOST)
                && !plugin.conduct().admitsLine()) {
            return FilterReply.DENY;
        }
        return FilterReply.NEUTRAL;
    }
}
