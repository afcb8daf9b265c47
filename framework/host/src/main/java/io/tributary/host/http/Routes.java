package io.tributary.host.http;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the server is to serve; given to it before it starts.
///
/// A template is a path whose segments may be variables: `/v1/conversations/{id}`; a last segment
/// `{rest*}` takes all that follows, slashes included, and nothing as well. Where several fit, the
/// one with the earlier literal segment wins. `GET` answers `HEAD`, too, but for feeds.
public interface Routes {

    /// A route that takes JSON, where it takes a body.
    ///
    /// @param template such as `/v1/conversations/{id}`
    /// @param limit the largest body in bytes
    default Routes add(String method, String template, Scope scope, long limit, Endpoint endpoint) {
        return add(method, template, scope, Body.json(limit), endpoint);
    }

    /// A route for tokens with this scope.
    Routes add(String method, String template, Scope scope, Body body, Endpoint endpoint);

    /// A route that takes no token, and no body.
    default Routes open(String method, String template, Endpoint endpoint) {
        return open(method, template, Body.NONE, endpoint);
    }

    /// A route that takes no token: its path or query says what is allowed.
    Routes open(String method, String template, Body body, Endpoint endpoint);

    /// Server-sent events on `GET template`, and the same over WebSocket on the same path.
    Routes feed(String template, Scope scope, Feed feed);

    /// Where providers' webhooks go: `/channels/{account}/webhook/…`.
    Routes webhooks(Webhooks webhooks);

    /// Where devices' sockets go: `/channels/{account}/connect/…`.
    Routes devices(Devices devices);

    /// `PUT template` for who shows by the path that it may: asked before the body is read.
    Routes upload(String template, Admission admission, Endpoint endpoint);

    /// The files of a folder, for browsers, under a path such as `/desk`.
    ///
    /// Pages may run the folder's own scripts and the import map that stands in them, and nothing
    /// else.
    Routes site(String path, Path folder);

    /// The routes of the pages' port, which is another origin: no token is ever valid there.
    Routes pages();

    /// Says what body may come.
    @FunctionalInterface
    interface Admission {

        /// Called on an event loop, with a request that has no body yet: decides and returns.
        ///
        /// @throws Problem to refuse
        Body of(Request request);
    }

    /// Takes what a provider posts.
    interface Webhooks {

        /// Whether anything is taken for such an account. Called on an event loop before the body
        /// is read: answers at once.
        ///
        /// @param account as it stands in the path, unchecked
        boolean knows(String account);

        /// Called on an event loop: hands over and returns. The answer may come on any thread.
        ///
        /// @param account as it stands in the path, unchecked
        CompletableFuture<WebhookReply> receive(String account, WebhookRequest request);
    }

    /// A stream of events that begins at a cursor and goes on until one side ends it.
    @FunctionalInterface
    interface Feed {

        /// Called on a virtual thread. The sink takes nothing before this returns; then
        /// [Subscription#drained] says so.
        ///
        /// @param cursor where to begin; null for now
        /// @throws Problem to refuse
        Subscription open(Request request, Principal principal, @Nullable String cursor, Sink sink);
    }

    /// Where a feed writes to. Every method may be called from any thread; `event`, `signal`,
    /// `heartbeat` and `flush` by one at a time.
    interface Sink {

        /// False when the client reads too slowly: write no more until [Subscription#drained].
        boolean ready();

        /// Adds an event to what the next [#flush] sends.
        ///
        /// @param data one line of JSON
        void event(String cursor, String type, Bytes data);

        /// Adds an event that moves no cursor.
        ///
        /// @param data one line of JSON
        void signal(String type, Bytes data);

        /// Adds a sign of life that moves the client's cursor.
        void heartbeat(String cursor);

        /// Sends what was added, in one write.
        void flush();

        /// Ends the stream and says why; what was not flushed is not sent.
        void end(Problem why);
    }

    interface Subscription extends AutoCloseable {

        /// The client can take more. Called on an event loop: hands over and returns.
        void drained();

        /// The client is gone. Called once, on an event loop: hands over and returns.
        @Override
        void close();
    }
}
