package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.MediaStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Media in memory, each file once.
final class FakeMediaStore implements MediaStore {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Map<MediaId, Bytes> kept = new ConcurrentHashMap<>();
    private final Map<Bytes, MediaId> ids = new ConcurrentHashMap<>();
    private final TimeOrderedIds nextIds = TimeOrderedIds.system();

    @Override
    public MediaId keep(InputStream stream, @Nullable String name, @Nullable String type)
            throws IOException {
        var bytes = stream.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("media of more than " + MOST_BYTES + " bytes");
        }
        var id = ids.computeIfAbsent(Bytes.wrap(bytes), _ -> new MediaId(nextIds.next()));
        kept.put(id, Bytes.wrap(bytes));
        return id;
    }

    @Override
    public InputStream open(MediaId media) throws IOException {
        var bytes = kept.get(media);
        if (bytes == null) {
            throw new FileNotFoundException("no such media: " + media);
        }
        return bytes.asStream();
    }

    /// What a file that is to be uploaded will be.
    MediaId next() {
        return new MediaId(nextIds.next());
    }

    /// Keeps what was uploaded.
    void put(MediaId id, Bytes file) {
        kept.put(id, file);
    }

    @Override
    public URI link(MediaId media, Duration valid) {
        return FakeHost.PUBLIC.resolve("/media/" + media);
    }
}
