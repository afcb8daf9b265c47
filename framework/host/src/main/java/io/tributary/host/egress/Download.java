package io.tributary.host.egress;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// An answer whose body is still to be read, within the limit and the time that were asked for.
/// Close it.
public final class Download implements AutoCloseable {

    private final Exchange exchange;
    private final Course course;
    private final Seen.Witness witness;
    private boolean told;

    /// @param witness is told of it when it is closed
    Download(Exchange exchange, Course course, Seen.Witness witness) {
        this.exchange = exchange;
        this.course = course;
        this.witness = witness;
    }

    public int status() {
        return exchange.status();
    }

    public @Nullable String header(String name) {
        return exchange.header(name);
    }

    /// Blocks; throws [TooLarge] beyond the limit, another `IOException` when the answer breaks off
    /// or takes too long.
    public InputStream body() {
        return exchange.body();
    }

    @Override
    public void close() {
        exchange.close();
        if (!told) {
            told = true;
            // of what is no file nobody wants more than the head
            boolean whole = exchange.body().finished() || exchange.status() != 200;
            witness.saw(course.read(exchange.body().seen(), whole));
        }
    }
}
