package io.tributary.bench;

import java.util.concurrent.atomic.AtomicLong;

/// How many messages came, and how long it took from the first of them to the last.
///
/// @param messages that came
/// @param nanos from the first of them to the last
record Tally(long messages, long nanos) {

    double perSecond() {
        return nanos <= 0 ? 0 : (messages - 1) * 1e9 / nanos;
    }

    static Tally parse(String text) {
        String[] words = text.split(" ", -1);
        return new Tally(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    @Override
    public String toString() {
        return messages + " " + nanos;
    }

    /// One that goes on. Thread safe.
    static final class Counter {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong first = new AtomicLong();
        private final AtomicLong last = new AtomicLong();

        /// From here on.
        void begin() {
            count.set(0);
        }

        /// One has come.
        ///
        /// @return which one since the beginning, from 1 on
        long next() {
            long now = System.nanoTime();
            long number = count.incrementAndGet();
            if (number == 1) {
                first.set(now);
            }
            last.set(now);
            return number;
        }

        Tally now() {
            return new Tally(count.get(), last.get() - first.get());
        }
    }
}
