package io.tributary.host.webhooks;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way out, under the egress rules. Thread safe; blocking, within a deadline of its own.
public interface Posts {

    /// The head of an answer.
    ///
    /// @param retryAfter as it was written; null: it was not
    record Answer(int status, @Nullable String retryAfter) {}

    /// Whether something may be posted there.
    ///
    /// @throws IOException it may not; the message says why
    void check(URI to) throws IOException;

    /// Posts once; follows no redirect.
    ///
    /// @throws IOException no answer came; the message is for operators
    Answer post(URI to, Map<String, String> headers, Bytes body)
            throws IOException, InterruptedException;
}
