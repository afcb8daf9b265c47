package io.tributary.twilio.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The bytes of pictures and files, by the `ME…` of the attachment. Thread safe.
final class MediaFiles {

    @SuppressWarnings("ArrayRecordComponent") // never compared, and the server takes an array
    record File(String type, byte[] bytes) {}

    private final Map<String, File> files = new ConcurrentHashMap<>();

    void keep(String sid, File file) {
        files.put(sid, file);
    }

    @Nullable File find(String sid) {
        return files.get(sid);
    }
}
