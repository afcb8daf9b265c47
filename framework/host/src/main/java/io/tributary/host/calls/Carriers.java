package io.tributary.host.calls;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The threads of the operating system that carry all virtual threads, as one watchdog sees to
/// them.
///
/// More carriers than processors cost wake-ups and nothing else, as long as nobody holds one. A
/// call that spins holds one for as long as it runs. So there are few, and as many more as calls
/// seem to hold; where virtual threads wait for a carrier all the same, there are more for a while.
/// When no watchdog looks there are as many as the process began with. [#look] is for one thread,
/// the rest thread safe.
final class Carriers implements AutoCloseable {

    private static final VirtualThreadSchedulerMXBean SCHEDULER =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    private static final int BEGAN_WITH = SCHEDULER.getParallelism();

    /// What the JDK lets there be.
    private static final int LIMIT =
            Integer.getInteger("jdk.virtualThreadScheduler.maxPoolSize", Math.max(BEGAN_WITH, 256));

    /// In ordinary times: at least four, since who reads the log holds one while the disk is slow.
    private static final int USUAL =
            Math.min(LIMIT, Math.max(4, Runtime.getRuntime().availableProcessors()));

    /// So many can be held that nobody but the watchdog notices.
    private static final int SPARE = 12;

    private static final int MOST = Math.min(LIMIT, USUAL + SPARE);

    /// How many more there are at once where somebody waits for one.
    private static final int STEP = 4;

    /// After which somebody who waits for a carrier is not just one of many.
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(40);

    /// How long each of those stays that were added since somebody waited.
    private static final long KEPT = TimeUnit.SECONDS.toNanos(15);

    private static final Set<Carriers> LOOKING = new HashSet<>();

    private Question question = new Question(0);
    private int added;
    private long changed;
    private int wanted;

    Carriers() {
        synchronized (LOOKING) {
            LOOKING.add(this);
            settle();
        }
    }

    /// How many there may be.
    static int most() {
        return MOST;
    }

    /// How many there are while nobody holds one.
    static int usual() {
        return USUAL;
    }

    /// How many there are now.
    static int now() {
        return SCHEDULER.getParallelism();
    }

    /// Looks after them, some twenty times a second.
    ///
    /// @param held how many calls seem to hold one
    /// @param now in nanoseconds
    void look(long now, int held) {
        if (question.isOpen()) {
            if (now - question.asked >= LATE) {
                added = Math.min(added + STEP, MOST - USUAL);
                changed = now;
                question = new Question(now);
            }
        } else if (SCHEDULER.getMountedVirtualThreadCount() >= now()) {
            question = new Question(now);
            question.ask();
        }
        if (added > 0 && now - changed >= KEPT) {
            added--;
            changed = now;
        }
        want(held + added);
    }

    /// Whether nobody is known to wait for one.
    boolean isAnswered() {
        return !question.isOpen();
    }

    /// No more than others want from now on.
    @Override
    public void close() {
        synchronized (LOOKING) {
            LOOKING.remove(this);
            settle();
        }
    }

    private void want(int more) {
        if (more == wanted) {
            return;
        }
        synchronized (LOOKING) {
            wanted = more;
            settle();
        }
    }

    private static void settle() {
        int wanted = LOOKING.stream().mapToInt(each -> each.wanted).sum();
        int carriers = LOOKING.isEmpty() ? BEGAN_WITH : Math.min(MOST, USUAL + wanted);
        int before = now();
        if (carriers != before) {
            SCHEDULER.setParallelism(carriers);
        }
        // one that may be there begins when something is submitted, and not for what waits already
        for (int i = before; i < carriers; i++) {
            Thread.ofVirtual().name("carriers").start(() -> {});
        }
    }

    /// Whether a virtual thread still comes to its turn.
    private static final class Question {
        private final long asked;
        private volatile boolean open;

        Question(long asked) {
            this.asked = asked;
        }

        void ask() {
            open = true;
            Thread.ofVirtual().name("carriers").start(() -> open = false);
        }

        boolean isOpen() {
            return open;
        }
    }
}
