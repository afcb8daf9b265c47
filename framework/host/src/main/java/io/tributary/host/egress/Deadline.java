package io.tributary.host.egress;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The moment at which a request is given up, by the clock that never steps.
final class Deadline {

    private final long at;

    Deadline(Duration time) {
        this(System.nanoTime() + time.toNanos());
    }

    private Deadline(long at) {
        this.at = at;
    }

    /// This one, or sooner.
    Deadline within(Duration time) {
        return new Deadline(System.nanoTime() + Math.min(nanosLeft(), time.toNanos()));
    }

    /// Zero when it is over.
    long nanosLeft() {
        return Math.max(0, at - System.nanoTime());
    }

    /// Waits for what happens on an event loop.
    <T> T await(Future<T> future)
            throws InterruptedException, TimeoutException, ExecutionException {
        var done = new CompletableFuture<T>();
        future.onComplete(result -> {
            if (result.succeeded()) {
                done.complete(result.result());
            } else {
                done.completeExceptionally(result.cause());
            }
        });
        return done.get(nanosLeft(), TimeUnit.NANOSECONDS);
    }
}
