package io.tributary.host.http;

import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One connection, as the deadlines see it. Used on its event loop only.
final class Visitor {

    /// What is being waited for.
    enum Phase {
        /// The first request's headers.
        FIRST,
        /// The next request's headers.
        IDLE,
        BODY,
        /// Ours: the answer, or the rest of a stream.
        ANSWER
    }

    /// A body that has not come yet.
    interface Awaited {

        /// It takes too long.
        void late();

        /// The connection is closed: no more of it comes.
        void gone();
    }

    private final HttpConnection connection;
    private final String peer;
    private Phase phase = Phase.FIRST;
    private long since;
    private long received;
    private @Nullable Awaited awaited;
    private boolean condemned;

    Visitor(HttpConnection connection, String peer, long now) {
        this.connection = connection;
        this.peer = peer;
        this.since = now;
    }

    String peer() {
        return peer;
    }

    HttpConnection connection() {
        return connection;
    }

    /// The connection is about to be closed: nothing on it counts any more.
    void condemn() {
        condemned = true;
    }

    boolean condemned() {
        return condemned;
    }

    void body(long now, Awaited body) {
        phase = Phase.BODY;
        since = now;
        received = 0;
        awaited = body;
    }

    void received(int bytes) {
        received += bytes;
    }

    void answering() {
        phase = Phase.ANSWER;
        awaited = null;
    }

    void answered(long now) {
        phase = Phase.IDLE;
        since = now;
        awaited = null;
    }

    /// The connection is closed.
    void gone() {
        Awaited body = awaited;
        awaited = null;
        if (body != null) {
            body.gone();
        }
    }

    /// Ends what takes too long.
    ///
    /// @param now milliseconds of any steady clock, the same as given before
    void check(long now, HttpLimits limits) {
        long waited = now - since;
        switch (phase) {
            case FIRST -> closeAfter(waited, limits.headerTime().toMillis());
            case IDLE -> closeAfter(waited, limits.idleTime().toMillis());
            case BODY -> {
                if (waited > limits.bodyTime().toMillis() + received * 1_000 / limits.bodyRate()) {
                    giveUp();
                }
            }
            case ANSWER -> {}
        }
    }

    private void closeAfter(long waited, long most) {
        if (waited > most) {
            connection.close();
        }
    }

    private void giveUp() {
        Awaited body = awaited;
        awaited = null;
        phase = Phase.ANSWER;
        if (body != null) {
            body.late();
        }
    }
}
