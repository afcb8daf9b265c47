package io.tributary.webchat;

import io.tributary.model.MediaId;
import io.tributary.model.Signal;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.Frame;
import io.tributary.spi.Outcome;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A link that remembers what a session does with it.
final class Ear implements DeviceLink {

    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    final List<Delivery> delivered = new ArrayList<>();
    final List<Signal> signals = new ArrayList<>();
    final List<String> follows = new ArrayList<>();
    final List<MediaId> permitted = new ArrayList<>();
    volatile boolean gone;

    @Override
    public void send(Frame frame) throws IOException {
        if (gone) {
            throw new IOException("gone");
        }
        heard.add(JSON.readTree(((Frame.Text) frame).text()));
    }

    @Override
    public void close(int code, String reason) {
        gone = true;
    }

    @Override
    public void follow(String address, @Nullable String cursor) {
        follows.add(address + " " + cursor);
    }

    @Override
    public void unfollow(String address) {}

    @Override
    public Upload upload(String name, String type, long bytes) {
        if (!type.contains("/")) {
            throw new IllegalArgumentException("no such type");
        }
        var media = new MediaId(new UUID(0x7000L, permitted.size() + 1L));
        permitted.add(media);
        return new Upload(media, URI.create("https://pages.example/uploads/" + media));
    }

    @Override
    public List<Outcome> deliver(Delivery delivery) {
        delivered.add(delivery);
        return List.of(new Outcome(Outcome.Fate.STORED, List.of()));
    }

    @Override
    public void signal(Signal signal) {
        signals.add(signal);
    }

    /// The last frame that it heard.
    JsonNode last() {
        return heard.getLast();
    }
}
