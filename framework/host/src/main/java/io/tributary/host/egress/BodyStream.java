package io.tributary.host.egress;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// An answer's body, pulled chunk by chunk by a thread that may block. No more than one chunk is
/// ever waiting.
final class BodyStream extends InputStream {

    private final HttpClientResponse response;
    private final Context loop;
    private final long limit;
    private final LinkedBlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Deadline deadline;
    private byte[] current = new byte[0];
    private int at;
    private long seen;
    private boolean last;

    /// @param bytes null: the end, or the failure
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
    private record Chunk(byte @Nullable [] bytes, @Nullable Throwable failure) {}

    /// To be called on the event loop, before anything of the body came; the response is paused
    /// then.
    BodyStream(HttpClientResponse response, Context loop, Deadline deadline, long limit) {
        this.response = response;
        this.loop = loop;
        this.deadline = deadline;
        this.limit = limit;
        response.pause();
        response.handler(this::chunk);
        response.endHandler(_ -> end(null));
        response.exceptionHandler(this::end);
    }

    private void chunk(Buffer buffer) {
        chunks.add(new Chunk(buffer.getBytes(), null));
    }

    private void end(@Nullable Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            chunks.add(new Chunk(null, failure));
        }
    }

    /// The rest is wanted only within that time.
    void hurry(Duration most) {
        deadline = deadline.within(most);
    }

    /// How many bytes came.
    long seen() {
        return seen;
    }

    /// Whether all of it was read.
    boolean finished() {
        return last;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, to, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (at == current.length) {
            if (last) {
                return false;
            }
            next();
        }
        return true;
    }

    private void next() throws IOException {
        loop.runOnContext(_ -> response.fetch(1));
        Chunk chunk = poll();
        byte[] bytes = chunk.bytes();
        if (bytes == null) {
            if (chunk.failure() != null) {
                throw new IOException("the answer broke off", chunk.failure());
            }
            last = true;
            return;
        }
        seen += bytes.length;
        if (seen > limit) {
            throw new TooLarge(limit);
        }
        current = bytes;
        at = 0;
    }

    private Chunk poll() throws IOException {
        try {
            Chunk chunk = chunks.poll(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            if (chunk == null) {
                throw new IOException("the answer did not end in time");
            }
            return chunk;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an answer was being read");
        }
    }
}
