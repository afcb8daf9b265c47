package io.tributary.bench;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// So many callers at once, each of whom makes the next call when the last one has been answered.
final class Callers {

    private Callers() {}

    /// One call.
    @FunctionalInterface
    interface Call {
        void make(long number) throws IOException, InterruptedException;
    }

    /// Makes calls with numbers from 0 on, and returns when all are answered.
    ///
    /// @param more whether there is to be one with that number
    /// @throws IOException one of them failed: no more were made
    static void call(int callers, LongPredicate more, Call call)
            throws IOException, InterruptedException {
        var next = new AtomicLong();
        var done = new Semaphore(0);
        var failure = new AtomicReference<@Nullable Throwable>();
        for (int i = 0; i < callers; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (long number = next.getAndIncrement();
                                    failure.get() == null && more.test(number);
                                    number = next.getAndIncrement()) {
                                call.make(number);
                            }
                        } catch (Throwable broken) {
                            // whatever ends one of them: its calls are missing
                            failure.compareAndSet(null, broken);
                        } finally {
                            done.release();
                        }
                    });
        }
        done.acquire(callers);
        if (failure.get() != null) {
            throw new IOException("a call failed: " + failure.get(), failure.get());
        }
    }
}
