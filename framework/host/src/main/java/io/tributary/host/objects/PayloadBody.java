package io.tributary.host.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;

/// Sends a payload from its source, anew for each try and a piece at a time in memory. Remembers
/// when it is the source that fails, which to the client is no other than a line that breaks.
final class PayloadBody {

    private final Bucket.Payload payload;
    private volatile @Nullable IOException fault;

    PayloadBody(Bucket.Payload payload) {
        this.payload = payload;
    }

    BodyPublisher publisher() {
        return payload.bytes() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(this::open), payload.bytes());
    }

    /// @throws IOException the source could not be read, or holds less or more than was said
    void check() throws IOException {
        IOException found = fault;
        if (found != null) {
            throw new IOException("the source of an object fails: " + found.getMessage(), found);
        }
    }

    private InputStream open() {
        try {
            return new Watched(payload.source().open());
        } catch (IOException unreadable) {
            fault = unreadable;
            return new Watched(InputStream.nullInputStream());
        }
    }

    /// Reads the source, and sees what it lacks.
    private final class Watched extends FilterInputStream {

        private long left = payload.bytes();

        private Watched(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int read = super.read(buffer, offset, length);
                left -= Math.max(0, read);
                if (left < 0 || (read < 0 && left > 0)) {
                    throw new IOException("it has not " + payload.bytes() + " bytes");
                }
                return read;
            } catch (IOException broken) {
                if (fault == null) {
                    fault = broken;
                }
                throw broken;
            }
        }
    }
}
