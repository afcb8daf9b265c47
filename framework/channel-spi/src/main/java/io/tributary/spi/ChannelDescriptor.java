package io.tributary.spi;

import io.tributary.model.ChannelId;
import io.tributary.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What a channel is called and how its accounts are configured.
///
/// @param id names the channel in configuration and interactions
/// @param name for people
/// @param icon an SVG document, shown beside conversations
/// @param settings a JSON Schema (2020-12) of an account's settings; properties marked
///   `"writeOnly": true` are secrets
/// @param speaks the channels that its interactions may bear; more than `id` where one account
///   carries several
/// @param callsAtOnce how many calls into the plugin run side by side, over all its accounts on one
///   member; others wait (guarantee 1)
public record ChannelDescriptor(
        ChannelId id,
        String name,
        String icon,
        Json settings,
        Set<ChannelId> speaks,
        int callsAtOnce) {

    private static final int CALLS_AT_ONCE = 64;

    public ChannelDescriptor {
        Shape.name(name, "a channel's name");
        speaks = Set.copyOf(speaks);
        if (callsAtOnce < 1) {
            throw new IllegalArgumentException("callsAtOnce must be at least 1, is " + callsAtOnce);
        }
    }

    /// Reads `settings.json` and `icon.svg` from the folder of the class `beside`; 64 calls at
    /// once.
    ///
    /// @throws IllegalStateException if one of the two files is missing from the plugin's jar
    public static ChannelDescriptor of(Class<? extends Channel> beside, String id, String name) {
        var channel = ChannelId.of(id);
        return new ChannelDescriptor(
                channel,
                name,
                resource(beside, "icon.svg"),
                Json.of(resource(beside, "settings.json")),
                Set.of(channel),
                CALLS_AT_ONCE);
    }

    /// The same, whose interactions may bear these channels.
    public ChannelDescriptor speaks(ChannelId... channels) {
        return new ChannelDescriptor(id, name, icon, settings, Set.of(channels), callsAtOnce);
    }

    /// The same with another number of calls side by side.
    public ChannelDescriptor callsAtOnce(int calls) {
        return new ChannelDescriptor(id, name, icon, settings, speaks, calls);
    }

    private static String resource(Class<?> beside, String file) {
        try (var stream = beside.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(
                        file + " is missing beside " + beside.getName() + ": put it into the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }
}
