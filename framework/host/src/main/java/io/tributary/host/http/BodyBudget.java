package io.tributary.host.http;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of bodies the server holds at the same time, for as long as they are read and
/// worked on. Thread safe.
///
/// The first few kilobytes of each body are free: there are no more of those than connections, most
/// bodies then cost nothing here, and they come through while larger ones have to wait.
final class BodyBudget {

    static final int FREE = 4_096;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /// Bytes that are held right now, those that are free left out.
    long held() {
        return held.get();
    }

    Portion portion() {
        return new Portion();
    }

    /// What one body holds. Used by one thread at a time.
    final class Portion {

        private long mine;

        private Portion() {}

        /// @param length of what has come so far
        /// @return false: there is no room for it, and nothing more is held
        boolean grow(long length) {
            if (length <= FREE) {
                return true;
            }
            long more = length - mine;
            if (held.addAndGet(more) > most) {
                held.addAndGet(-more);
                return false;
            }
            mine = length;
            return true;
        }

        /// The body is needed no longer.
        void giveBack() {
            if (mine > 0) {
                held.addAndGet(-mine);
                mine = 0;
            }
        }
    }
}
