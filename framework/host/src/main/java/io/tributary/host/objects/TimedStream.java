package io.tributary.host.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A stream that is closed when it takes too long, so that whoever reads it gets an exception.
///
/// The JDK's client bounds the time until the head of an answer is there, and leaves the body to
/// its reader.
final class TimedStream extends FilterInputStream {

    private final Thread late;

    TimedStream(InputStream stream, Duration whole) {
        super(stream);
        late = Thread.ofVirtual().name("bucket deadline").start(() -> closeAfter(whole));
    }

    private void closeAfter(Duration whole) {
        try {
            Thread.sleep(whole);
            in.close();
        } catch (InterruptedException inTime) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            // whoever reads it hears of that
        }
    }

    @Override
    public void close() throws IOException {
        late.interrupt();
        super.close();
    }
}
