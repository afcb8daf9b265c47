package io.tributary.host.egress;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One request that was made for an account, and what came of it. Nothing of it is redacted: not
/// for a log, and not to be kept.
///
/// @param plugin null: the host itself made it, for the account
/// @param body as it was handed over, unless it was too long to be kept
/// @param bytes how long it was
/// @param reply null: no answer came
/// @param reason why no whole answer came, in the host's words; empty: it did
public record Seen(
        AccountId account,
        @Nullable PluginVersion plugin,
        String method,
        URI uri,
        Map<String, List<String>> headers,
        Bytes body,
        long bytes,
        Ending ending,
        @Nullable Reply reply,
        String reason,
        long nanos) {

    /// An answer.
    ///
    /// @param body empty where somebody else read it
    /// @param bytes that were read
    public record Reply(int status, Map<String, List<String>> headers, Bytes body, long bytes) {

        @Override
        public String toString() {
            return "Reply[" + status + "]";
        }
    }

    /// Is told of requests.
    @FunctionalInterface
    public interface Witness {

        /// Called on the thread that made the request, whose answer waits meanwhile: take it and
        /// return.
        void saw(Seen seen);
    }

    /// The same to be held for a while: without bodies that are longer than that, whose length is
    /// still told, and with nothing in it that a plugin made.
    public Seen lighter(int most) {
        Reply answer =
                reply == null
                        ? null
                        : new Reply(
                                reply.status(),
                                reply.headers(),
                                lighter(reply.body(), most),
                                reply.bytes());
        return new Seen(
                account,
                plugin,
                method,
                uri,
                headers.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, each -> List.copyOf(each.getValue()))),
                lighter(body, most),
                bytes,
                ending,
                answer,
                reason,
                nanos);
    }

    /// A copy: what is short may be a slice of what is not.
    private static Bytes lighter(Bytes body, int most) {
        return body.length() > most ? Bytes.EMPTY : Bytes.wrap(body.toArray());
    }

    /// Account and ending.
    @Override
    public String toString() {
        return "Seen[" + account + " " + ending + "]";
    }
}
