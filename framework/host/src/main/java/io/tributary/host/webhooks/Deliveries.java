package io.tributary.host.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.agents.Agents;
import io.tributary.host.agents.Cursors;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.WebhookRecords;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.journal.WebhookRecords.Webhook;
import io.tributary.host.secrets.MasterKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers what webhooks want. Of several members one has each webhook at a time, by a lease in
/// its row: a member that dies keeps it no longer than a minute. Thread safe.
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    /// Wake-ups may be lost: it looks for itself as well.
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration HELD = Duration.ofMinutes(1);

    /// So that it stays ours, with several tries before it would not.
    private static final Duration HOLD = Duration.ofSeconds(12);

    /// What was given up is shown for that long.
    private static final Duration SHOWN = Duration.ofDays(30);

    private static final long FORGET = Duration.ofHours(1).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WebhookRecords records;
    private final Cursors cursors;
    private final InstantSource clock;
    private final SigningSecrets secrets;
    private final Figures figures;
    private final Mail mail;
    private final Turn.Means means;
    private final Looks looks;
    private final Member member;
    private final Map<String, Course> courses = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private final Thread looking;
    private long forgot = System.nanoTime();
    private volatile boolean closed;

    /// Who delivers.
    ///
    /// @param run of this member
    /// @param shares whether there are others, to whom some webhooks are left
    public record Member(long run, boolean shares) {}

    public Deliveries(
            Journal journal,
            Agents agents,
            MasterKeys keys,
            Posts posts,
            Member member,
            MeterRegistry meters) {
        this.records = journal.webhooks();
        this.cursors = agents.cursors();
        this.clock = journal.clock();
        this.member = member;
        this.secrets = new SigningSecrets(keys);
        this.figures = new Figures(meters);
        this.mail = new Mail(posts, secrets, figures, clock);
        this.means =
                new Turn.Means(journal, cursors, agents.follow(), mail, new Setups(journal, clock));
        this.looks = new Looks(records, member.run());
        this.looking = Thread.ofVirtual().name("webhooks").unstarted(this::look);
    }

    Mail mail() {
        return mail;
    }

    public void start() {
        looking.start();
    }

    /// There may be something to deliver. Returns at once; called after commits.
    public void committed() {
        courses.values().forEach(Course::wake);
    }

    /// Somebody changed a webhook. Returns at once.
    public void changed() {
        committed();
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void look() {
        boolean begun = false;
        try {
            while (!closed) {
                try {
                    if (!begun && !member.shares()) {
                        // what is held is a former run's, which is over
                        records.releaseAll();
                    }
                    begun = true;
                    divide();
                } catch (JournalUnavailable unavailable) {
                    LOG.warn("webhooks wait: the journal cannot be used");
                } catch (RuntimeException failure) {
                    // without this thread nothing would be delivered any more
                    LOG.error("webhooks could not be looked after, trying again", failure);
                }
                var _ = woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                TimeUnit.MILLISECONDS.sleep(100);
                woken.drainPermits();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void divide() {
        List<Webhook> all = records.all();
        Instant now = clock.instant();
        List<Webhook> free =
                all.stream()
                        .filter(each -> each.setup().state() == State.ACTIVE)
                        .filter(each -> !courses.containsKey(each.id()))
                        .filter(each -> isFree(each, now))
                        .toList();
        // the rest is for others, and for the next look
        int most = member.shares() ? (free.size() + 1) / 2 : free.size();
        free.stream().limit(most).forEach(each -> begin(each.id(), now));
        for (Webhook each : all) {
            Course course = courses.get(each.id());
            if (course != null && !each.heldUntil().isAfter(now.plus(HELD).minus(HOLD))) {
                hold(course, now);
            }
        }
        // where there are none, nothing else is asked
        figures.show(all, all.isEmpty() ? Map.of() : records.counts(), cursors);
        if (System.nanoTime() - forgot > FORGET) {
            forgot = System.nanoTime();
            records.forget(now.minus(SHOWN));
        }
    }

    private boolean isFree(Webhook webhook, Instant now) {
        return webhook.holder() == member.run() || !webhook.heldUntil().isAfter(now);
    }

    private void begin(String id, Instant now) {
        if (records.take(id, member.run(), now, HELD)) {
            var course =
                    new Course(
                            id, member.run(), now.plus(HELD), means, looks, secrets, this::ended);
            courses.put(id, course);
            course.start();
        }
    }

    private void hold(Course course, Instant now) {
        if (records.take(course.id(), member.run(), now, HELD)) {
            course.held(now.plus(HELD));
        }
    }

    private void ended(Course course) {
        courses.remove(course.id(), course);
    }

    /// Ends attempts that run within five seconds, at once where this thread is interrupted, and
    /// leaves the webhooks to others.
    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        boolean interrupted = !ended(looking);
        List<Course> left = List.copyOf(courses.values());
        left.forEach(Course::leave);
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Course course : left) {
            long most = interrupted ? 1 : Math.max(1, end - System.nanoTime());
            interrupted |= !course.end(Duration.ofNanos(most));
        }
        try {
            records.release(member.run());
        } catch (JournalUnavailable unavailable) {
            LOG.warn("webhooks are left to others in a minute: the journal cannot be used");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false: this thread was interrupted meanwhile
    private static boolean ended(Thread thread) {
        boolean waited = true;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                waited = false;
            }
        }
        return waited;
    }
}
