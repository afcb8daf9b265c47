package io.tributary.host.media;

import io.tributary.model.AccountId;
import io.tributary.spi.FetchesMedia;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The way out, as media need it: under the egress rules, with the account's connections.
@FunctionalInterface
public interface Downloads {

    /// Blocks until the head of the answer is there, redirects followed.
    ///
    /// @param limit most bytes of the body
    /// @param whole for all of it, the body too
    /// @throws IOException no answer came, or the rules forbid it
    Answer open(AccountId account, FetchesMedia.Location from, long limit, Duration whole)
            throws IOException, InterruptedException;

    /// An answer whose body is still to be read.
    interface Answer extends AutoCloseable {

        int status();

        /// As the server said; null where it did not.
        @Nullable String type();

        InputStream body();

        @Override
        void close();
    }
}
