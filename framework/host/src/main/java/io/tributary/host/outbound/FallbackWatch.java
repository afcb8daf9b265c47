package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Unit;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that plans go on: when a receipt comes, and when a time limit is over.
///
/// Every member looks; what one decides is committed only while the plan is as it was read, so that
/// each step is taken once. Receipts only hurry that along: a plan that nobody hurries is looked at
/// when its time is over, and all are when a member starts. What is due is found by its time, never
/// by reading all plans. Thread safe.
public final class FallbackWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackWatch.class);

    /// How often a plan is decided anew where what the decision rested on has changed.
    private static final int TRIES = 8;

    private static final int PAGE = 100;

    /// The pause, in milliseconds, before what was not done when it was due is tried again.
    private static final long SHORTEST = 5;

    private static final Duration ENDING = Duration.ofSeconds(5);

    /// A plan that failed is left alone for so long.
    private static final Duration TROUBLE = Duration.ofMinutes(1);

    /// More conversations with receipts than this are not kept in mind: their plans are looked at
    /// when their time is over.
    private static final int MOST_HINTS = 50_000;

    private final Journal journal;
    private final FallbackTurn.Means means;
    private final InstantSource clock;
    private final Duration poll;
    private final Set<ConversationId> hints = ConcurrentHashMap.newKeySet();
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private boolean troubled;
    private final AtomicLong stored = new AtomicLong(1);

    /// As many as were stored when there was none to look after.
    private volatile long quiet;

    private volatile boolean running = true;
    private volatile boolean started;

    /// @param poll how long a plan that somebody else stored may go unnoticed
    public FallbackWatch(Journal journal, Fallbacks fallbacks, InstantSource clock, Duration poll) {
        this.journal = journal;
        this.means = fallbacks.means();
        this.clock = clock;
        this.poll = poll;
        fallbacks.whenStored(this::stored);
        this.thread = Thread.ofVirtual().name("fallback plans").unstarted(this::run);
    }

    /// Begins to look.
    public void start() {
        thread.start();
        started = true;
    }

    /// What was committed, here or by another member; returns at once.
    public void committed(List<Row> rows) {
        if (stored.get() == quiet) {
            return;
        }
        boolean wake = false;
        for (var row : rows) {
            var conversation = row.conversation();
            if (conversation != null && row.type().equals("receipt")) {
                wake |= hints.size() < MOST_HINTS && hints.add(conversation);
            }
        }
        if (wake) {
            woken.release();
        }
    }

    /// A plan was stored here; its message may have failed already.
    private void stored(ConversationId conversation) {
        stored.incrementAndGet();
        hints.add(conversation);
        woken.release();
    }

    private void run() {
        boolean all = true;
        while (running) {
            try {
                if (all) {
                    lookAtAll();
                    all = false;
                }
                troubled = false;
                lookAtHinted();
                lookAtDue();
                await();
            } catch (JournalUnavailable unavailable) {
                LOG.debug("fallback plans cannot be read: {}", unavailable.getMessage());
                all = true;
                pause();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error failure) {
                // without this thread no plan would go on
                LOG.error("fallback plans could not be looked at, trying again", failure);
                pause();
            }
        }
    }

    private void lookAtAll() throws InterruptedException {
        @Nullable InteractionId after = null;
        List<Plan> page;
        do {
            page = journal.fallbacks().watched(after, PAGE);
            for (var plan : page) {
                look(plan);
                after = plan.first();
            }
        } while (page.size() == PAGE && running);
    }

    private void lookAtHinted() throws InterruptedException {
        var some = new HashSet<ConversationId>();
        for (var hints = this.hints.iterator(); hints.hasNext(); ) {
            some.add(hints.next());
            hints.remove();
            if (some.size() == PAGE) {
                lookAt(some);
                some.clear();
            }
        }
        lookAt(some);
    }

    private void lookAt(Set<ConversationId> conversations) throws InterruptedException {
        for (var plan : journal.fallbacks().in(conversations)) {
            look(plan);
        }
    }

    private void lookAtDue() throws InterruptedException {
        for (var plan : journal.fallbacks().due(clock.instant(), PAGE)) {
            look(plan);
        }
    }

    private void await() throws InterruptedException {
        long before = stored.get();
        var next = journal.fallbacks().next();
        quiet = next.isEmpty() ? before : 0;
        var until = next.map(at -> Duration.between(clock.instant(), at)).orElse(poll);
        boolean soon = !troubled && until.compareTo(poll) < 0;
        long millis = Math.max(SHORTEST, soon ? until.toMillis() : poll.toMillis());
        var _ = woken.tryAcquire(millis, TimeUnit.MILLISECONDS);
        woken.drainPermits();
    }

    private void pause() {
        try {
            var _ = woken.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            running = false;
        }
    }

    /// A plan that cannot be gone on with keeps no other from it: it goes to the end of the row.
    private void look(Plan plan) throws InterruptedException {
        try {
            act(plan);
        } catch (JournalUnavailable unavailable) {
            throw unavailable;
        } catch (RuntimeException failure) {
            LOG.error("interaction={} its fallback plan cannot go on", plan.first(), failure);
            troubled |= !isPutOff(plan);
        }
    }

    /// @return whether it is not due any more as it was read
    private boolean isPutOff(Plan plan) throws InterruptedException {
        var now = clock.instant();
        var later =
                new Plan(
                        plan.first(),
                        plan.conversation(),
                        plan.account(),
                        plan.state(),
                        now.plus(TROUBLE),
                        plan.version() + 1,
                        now,
                        plan.body());
        try {
            isDone(
                    Unit.of(
                            List.of(new Expect.FallbackIs(plan.first(), plan.version())),
                            List.of(new Change.PutFallback(later))));
            return true;
        } catch (JournalUnavailable unavailable) {
            throw unavailable;
        } catch (RuntimeException failure) {
            LOG.error("interaction={} its fallback plan cannot be put off", plan.first(), failure);
            return false;
        }
    }

    private void act(Plan first) throws InterruptedException {
        Optional<Plan> plan = Optional.of(first);
        for (int i = 0; i < TRIES && plan.isPresent(); i++) {
            var unit = new FallbackTurn(means, plan.get()).decided();
            if (unit.isEmpty() || isDone(unit.get())) {
                return;
            }
            plan = journal.fallbacks().of(first.first()).filter(now -> now.dueAt() != null);
        }
    }

    private boolean isDone(Unit unit) throws InterruptedException {
        try {
            return journal.append(unit).get() instanceof Commit.Done;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("the journal refuses a plan for good", failure);
        }
    }

    @Override
    public void close() {
        running = false;
        woken.release();
        try {
            // what is being read or written comes to its end
            if (started && !thread.join(ENDING)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
