package io.tributary.host.http;

import io.tributary.host.access.Principal;
import io.tributary.model.Bytes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A feed that a test drives by hand.
final class TestFeed implements Routes.Feed {

    final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

    /// One client of it.
    static final class Opened implements Routes.Subscription {

        final Request request;
        final Principal principal;
        final @Nullable String cursor;
        final Routes.Sink sink;
        final AtomicInteger drained = new AtomicInteger();
        final CountDownLatch closed = new CountDownLatch(1);

        Opened(Request request, Principal principal, @Nullable String cursor, Routes.Sink sink) {
            this.request = request;
            this.principal = principal;
            this.cursor = cursor;
            this.sink = sink;
        }

        @Override
        public void drained() {
            drained.incrementAndGet();
        }

        @Override
        public void close() {
            closed.countDown();
        }

        void event(int number, String data) {
            sink.event("cursor-" + number, "test.v1", Bytes.utf8(data));
            sink.flush();
        }
    }

    @Override
    public Routes.Subscription open(
            Request request, Principal principal, @Nullable String cursor, Routes.Sink sink) {
        if ("bad".equals(cursor)) {
            throw new Problem(ProblemType.BAD_CURSOR, "not one of ours");
        }
        var client = new Opened(request, principal, cursor, sink);
        opened.add(client);
        return client;
    }

    /// The first client, once it is served.
    Opened client() {
        org.awaitility.Awaitility.await()
                .until(() -> !opened.isEmpty() && opened.element().drained.get() > 0);
        return opened.element();
    }
}
