package io.tributary.host.accounts;

import io.tributary.model.MediaId;
import io.tributary.spi.MediaStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The media store as one opened account sees it: streams that the plugin left open are closed with
/// the account.
final class LeasedMedia implements MediaStore, AutoCloseable {

    private final MediaStore store;
    private final Lease lease;
    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();

    LeasedMedia(MediaStore store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    @Override
    public MediaId keep(InputStream stream, @Nullable String name, @Nullable String type)
            throws IOException {
        lease.check();
        return store.keep(stream, name, type);
    }

    @Override
    public InputStream open(MediaId media) throws IOException {
        lease.check();
        var stream = new Recorded(store.open(media));
        open.add(stream);
        return stream;
    }

    @Override
    public URI link(MediaId media, Duration valid) {
        lease.check();
        return store.link(media, valid);
    }

    @Override
    public void close() {
        for (var stream : List.copyOf(open)) {
            try {
                stream.close();
            } catch (IOException alreadyBroken) {
                // Nobody reads it any more, and the others have to be closed, too.
            }
        }
    }

    private final class Recorded extends FilterInputStream {

        Recorded(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            lease.check();
            return super.read(bytes, offset, length);
        }

        @Override
        public int read() throws IOException {
            lease.check();
            return super.read();
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }
}
