package io.tributary.host.http;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the server is to serve; given to it before it starts.
public interface Routes {

    /// @param template such as `/v1/conversations/{id}`
    /// @param limit the largest body in bytes
    Routes add(String method, String template, Scope scope, long limit, Endpoint endpoint);

    /// A route that takes no token.
    Routes open(String method, String template, Endpoint endpoint);

    /// Server-sent events on `GET template`, and the same over WebSocket on the same path.
    Routes feed(String template, Scope scope, Feed feed);

    /// Where providers' webhooks go: `/channels/{account}/webhook/…`.
    Routes webhooks(Webhooks webhooks);

    /// Takes what a provider posts.
    @FunctionalInterface
    interface Webhooks {

        /// Called on an event loop: hands over and returns. The answer may come on any thread.
        ///
        /// @param account as it stands in the path, unchecked
        CompletableFuture<WebhookReply> receive(String account, WebhookRequest request);
    }

    /// A stream of events that begins at a cursor and goes on until one side ends it.
    @FunctionalInterface
    interface Feed {

        /// Called on a virtual thread.
        ///
        /// @param cursor where to begin; null for now
        /// @throws Problem to refuse
        Subscription open(Request request, Principal principal, @Nullable String cursor, Sink sink);
    }

    /// Where a feed writes to; every method may be called from any thread.
    interface Sink {

        /// False when the client reads too slowly: write no more until [Subscription#drained].
        boolean ready();

        /// @param data one line of JSON
        void event(String cursor, String type, Bytes data);

        /// A sign of life that moves the client's cursor.
        void heartbeat(String cursor);

        /// Ends the stream and says why.
        void end(Problem why);
    }

    interface Subscription extends AutoCloseable {

        /// The client can take more.
        void drained();

        @Override
        void close();
    }
}
