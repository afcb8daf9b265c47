package io.tributary.host.egress;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// An answer whose body is still to be read, within the limit and the time that were asked for.
/// Close it.
public final class Download implements AutoCloseable {

    private final Exchange exchange;

    Download(Exchange exchange) {
        this.exchange = exchange;
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
    }
}
