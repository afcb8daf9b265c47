package io.tributary.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The provider: delivers messages over many connections at the same time, each sender's one after
/// another, and repeats what was not acknowledged until it is.
final class Provider implements AutoCloseable {

    /// Of each connection; all together they are more than any round has time for.
    static final int SENDERS_EACH = 64;

    private final List<Thread> carriers = new ArrayList<>();
    private final Whereabouts member;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final LongAdder retries = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private long acknowledged;
    private long lastAcknowledged = System.nanoTime();
    private long longestPause;
    private volatile boolean finishing;

    /// @param acknowledged messages
    /// @param retries of messages that were not acknowledged
    /// @param repeats of messages that were: sent twice at once, or again after a restart
    /// @param answers how many there were of each status
    record Figures(long acknowledged, long retries, long repeats, Map<Integer, Long> answers) {}

    Provider(Ledger ledger, Whereabouts member, int connections, Random random) {
        this.member = member;
        for (int i = 0; i < connections; i++) {
            var carrier =
                    new Carrier(
                            this, ledger, member, i, connections, new Random(random.nextLong()));
            carriers.add(Thread.ofPlatform().daemon().name("carrier-" + i).unstarted(carrier));
        }
    }

    void begin() {
        carriers.forEach(Thread::start);
    }

    /// Whether new messages are to be sent.
    boolean goesOn() {
        return !finishing;
    }

    void wasAcknowledged() {
        lock.lock();
        try {
            acknowledged++;
            long now = System.nanoTime();
            longestPause = Math.max(longestPause, now - lastAcknowledged);
            lastAcknowledged = now;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void answered(int status) {
        answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    void retried() {
        retries.increment();
    }

    void repeated() {
        repeats.increment();
    }

    /// The longest time in which nothing was acknowledged since this was asked last.
    Duration longestPause() {
        lock.lock();
        try {
            long pause = longestPause;
            longestPause = 0;
            return Duration.ofNanos(pause);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so many more were acknowledged.
    ///
    /// @return false: the time was over before
    boolean awaitMore(long messages, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long goal = acknowledged + messages;
            return Patience.until(() -> acknowledged >= goal, more, most);
        } finally {
            lock.unlock();
        }
    }

    /// Sends nothing new, and waits until all is acknowledged.
    ///
    /// @param most for each connection
    /// @return false: the time was over before
    boolean finish(Duration most) throws InterruptedException {
        finishing = true;
        for (Thread carrier : carriers) {
            if (!Patience.untilEnded(carrier, most)) {
                return false;
            }
        }
        return true;
    }

    /// Deliveries that were answered 503.
    long refused() {
        LongAdder count = answers.get(503);
        return count == null ? 0 : count.sum();
    }

    Figures figures() {
        Map<Integer, Long> counted = new TreeMap<>();
        answers.forEach((status, count) -> counted.put(status, count.sum()));
        lock.lock();
        try {
            return new Figures(acknowledged, retries.sum(), repeats.sum(), counted);
        } finally {
            lock.unlock();
        }
    }

    /// Gives up what is not acknowledged.
    @Override
    public void close() {
        finishing = true;
        member.over();
        carriers.forEach(Thread::interrupt);
    }
}
