package io.tributary.host.plugins;

import io.tributary.host.calls.Watchdog;
import io.tributary.model.Json;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What plugins are loaded with.
///
/// @param watchdog keeps the deadlines of their calls
/// @param loaders proves that they are unloaded
/// @param redact takes known secrets out of what they throw
/// @param checkSettings throws an [IllegalArgumentException] that says what is wrong with a
///   channel's settings schema
public record PluginSetup(
        Watchdog watchdog,
        LoaderWatch loaders,
        UnaryOperator<String> redact,
        Consumer<Json> checkSettings) {}
