package io.tributary.host.news;

import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what operators did, on whichever member they did it, so that what is kept in memory comes
/// to what is stored.
///
/// The audit is read from where the last reading ended, by one statement that finds nothing most of
/// the time. Its records are in the commits that they tell of and numbered in their order, so none
/// is missed and none comes before what it is about. Whoever reads late, or for the first time, is
/// told to look at everything.
///
/// Readers run on one thread of this room, one after another: what takes long they do elsewhere.
public final class News implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);
    private static final int PAGE = 500;
    private static final long NOWHERE = -1;

    private final Audit audit;
    private final LogReader log;
    private final Duration pause;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Semaphore hints = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("news").unstarted(this::read);
    private long cursor = NOWHERE;
    private int timeline;
    private boolean away;
    private volatile boolean closed;

    /// @param pause between two looks
    public News(Journal journal, Duration pause) {
        this.audit = journal.audit();
        this.log = journal.log();
        this.pause = pause;
    }

    /// Tells a reader of what is done from now on. To be called before [#start()].
    public void tell(Reader reader) {
        subscriptions.add(new Subscription(reader));
    }

    /// Begins to look; everybody looks at everything first.
    public void start() {
        thread.start();
    }

    /// Something was done just now: looks at once. Cheap; safe to leave out.
    public void hint() {
        hints.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        while (!closed) {
            try {
                look();
                away = false;
            } catch (JournalUnavailable unavailable) {
                if (!away) {
                    LOG.warn(
                            "what other members do is not known here: {}",
                            unavailable.getMessage());
                }
                away = true;
            } catch (RuntimeException | Error failure) {
                // whatever it is: nobody would ever look again
                LOG.error("what other members do could not be read, trying again", failure);
                cursor = NOWHERE;
            }
            rest();
        }
    }

    private void rest() {
        try {
            var _ = hints.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
            hints.drainPermits();
        } catch (InterruptedException leaving) {
            closed = true;
        }
    }

    /// Where the audit ends is read before anybody looks at everything: what is done meanwhile
    /// comes twice rather than never.
    private void look() {
        int now = log.timeline();
        if (now != timeline) {
            // another server may give the numbers of records that it lacks to others
            timeline = now;
            cursor = NOWHERE;
        }
        if (cursor == NOWHERE) {
            cursor = audit.last();
            subscriptions.forEach(Subscription::forget);
        }
        List<Audit.Deed> deeds;
        do {
            deeds = audit.after(cursor, PAGE);
            for (var each : subscriptions) {
                each.tell(deeds);
            }
            if (!deeds.isEmpty()) {
                cursor = deeds.getLast().id();
            }
        } while (deeds.size() == PAGE);
    }

    /// A reader, and whether it knows what was done before.
    private static final class Subscription {

        private final Reader reader;
        private boolean knows;

        Subscription(Reader reader) {
            this.reader = reader;
        }

        void forget() {
            knows = false;
        }

        void tell(List<Audit.Deed> deeds) {
            boolean knew = knows;
            // whatever is thrown: this one looks at everything next time
            knows = false;
            try {
                if (knew) {
                    reader.read(deeds);
                } else {
                    reader.look();
                }
                knows = true;
            } catch (JournalUnavailable unavailable) {
                LOG.warn("followed later: {}", unavailable.getMessage());
            } catch (RuntimeException failure) {
                LOG.error("what another member did could not be followed, trying again", failure);
            }
        }
    }
}
