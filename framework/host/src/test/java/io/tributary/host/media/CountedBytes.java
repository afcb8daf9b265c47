package io.tributary.host.media;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/// A place of media that counts what is put there, and what could not be.
final class CountedBytes implements MediaBytes {

    final AtomicInteger put = new AtomicInteger();
    final AtomicInteger unput = new AtomicInteger();
    private final MediaBytes real;

    CountedBytes(MediaBytes real) {
        this.real = real;
    }

    @Override
    public void put(Content content, Source source) throws IOException {
        try {
            real.put(content, source);
            put.incrementAndGet();
        } catch (JournalUnavailable away) {
            unput.incrementAndGet();
            throw away;
        }
    }

    @Override
    public boolean elsewhere() {
        return real.elsewhere();
    }

    @Override
    public boolean holds(Content content) {
        return real.holds(content);
    }

    @Override
    public boolean read(Content content, OutputStream to) throws IOException {
        return real.read(content, to);
    }
}
