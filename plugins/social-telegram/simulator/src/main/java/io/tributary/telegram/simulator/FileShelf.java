package io.tributary.telegram.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The files that customers and the bot sent. Thread safe.
final class FileShelf {

    /// What a bot may download (https://core.telegram.org/bots/api#getfile).
    private static final long LARGEST = 20_000_000;

    private final Map<String, Kept> files = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private static final class Kept {

        private final String path;
        private final byte[] bytes;
        private final long size;

        Kept(String path, byte[] bytes, long size) {
            this.path = path;
            this.bytes = bytes;
            this.size = size;
        }
    }

    /// @return its description, as it stands in messages
    ObjectNode put(String name, byte[] bytes) {
        return put(name, bytes, bytes.length);
    }

    /// A file that is said to be larger than it is.
    ObjectNode put(String name, byte[] bytes, long size) {
        int number = count.incrementAndGet();
        var id = "AgACAgIAAxkBAAI-" + number;
        var path = "documents/file_" + number + ending(name);
        files.put(id, new Kept(path, bytes, size));
        return JsonNodeFactory.instance
                .objectNode()
                .put("file_id", id)
                .put("file_unique_id", "AQAD-" + number)
                .put("file_size", size);
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || !name.substring(dot).matches("\\.[A-Za-z0-9]{1,8}")
                ? ""
                : name.substring(dot);
    }

    ObjectNode find(String id) throws Refused {
        var kept = files.get(id);
        if (kept == null) {
            throw Refused.bad("invalid file_id");
        }
        if (kept.size > LARGEST) {
            throw Refused.bad("file is too big");
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("file_id", id)
                .put("file_unique_id", id)
                .put("file_size", kept.size)
                .put("file_path", kept.path);
    }

    byte @Nullable [] read(String path) {
        for (var kept : files.values()) {
            if (kept.path.equals(path)) {
                return kept.bytes;
            }
        }
        return null;
    }
}
