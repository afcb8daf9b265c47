package io.tributary.social.meta;

import io.tributary.model.ChannelId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one Meta app can carry: each a channel of its own.
enum Platform {
    WHATSAPP("whatsapp", "whatsapp_business_account"),
    MESSENGER("messenger", "page"),
    INSTAGRAM("instagram", "instagram");

    private static final Map<Platform, ChannelId> CHANNELS = channels();

    private final String channel;
    private final String object;

    Platform(String channel, String object) {
        this.channel = channel;
        this.object = object;
    }

    private static Map<Platform, ChannelId> channels() {
        var channels = new EnumMap<Platform, ChannelId>(Platform.class);
        for (var platform : values()) {
            channels.put(platform, ChannelId.of(platform.channel));
        }
        return channels;
    }

    /// As it stands in interactions.
    ChannelId channel() {
        return Objects.requireNonNull(CHANNELS.get(this));
    }

    /// The name of something that only this platform knows, such as `whatsapp.referral`.
    String name(String what) {
        return channel + "." + what;
    }

    static @Nullable Platform ofObject(String object) {
        for (var platform : values()) {
            if (platform.object.equals(object)) {
                return platform;
            }
        }
        return null;
    }

    static @Nullable Platform of(ChannelId channel) {
        for (var platform : values()) {
            if (platform.channel.equals(channel.value())) {
                return platform;
            }
        }
        return null;
    }
}
