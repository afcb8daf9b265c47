package io.tributary.webchat;

import io.tributary.spi.DeviceLink;
import io.tributary.spi.Frame;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a session says to the widget beside the chat itself.
final class Words {

    private static final Frame READY = frame(word("ready"));
    private static final Frame PONG = frame(word("pong"));

    private Words() {}

    static ObjectNode word(String type) {
        return StrictJson.MAPPER.createObjectNode().put("t", type);
    }

    static Frame frame(ObjectNode json) {
        return Frame.text(json.toString());
    }

    static Frame ready() {
        return READY;
    }

    static Frame pong() {
        return PONG;
    }

    /// It is stored.
    static Frame ok(String id) {
        return frame(word("ok").put("id", id));
    }

    /// It will never be.
    static Frame no(String id, String why) {
        return frame(word("no").put("id", id).put("why", why));
    }

    /// It is to be said again later.
    static Frame slow(String id, Duration after) {
        return frame(word("slow").put("id", id).put("after", after.toMillis()));
    }

    static Frame put(String id, DeviceLink.Upload upload, String grant) {
        return frame(
                word("put")
                        .put("id", id)
                        .put("media", upload.media().toString())
                        .put("grant", grant)
                        .put("url", upload.url().toString()));
    }

    static Frame link(String media, URI link) {
        return frame(word("link").put("media", media).put("url", link.toString()));
    }

    static Frame typing(boolean on) {
        return frame(word("typing").put("on", on));
    }

    /// @param id up to which an agent has read; null: all of it
    static Frame seen(@Nullable String id) {
        return frame(id == null ? word("seen") : word("seen").put("id", id));
    }
}
