package io.tributary.host.media;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaRecords;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches the media that interactions name, after their commit, until they are kept or given up.
/// What is to be fetched stands in the journal: a crash forgets nothing.
public final class Fetches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);

    /// Wake-ups may be lost: it looks for itself as well.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Journal journal;
    private final InstantSource clock;
    private final MediaLimits limits;
    private final FetchRun.Means means;
    private final Semaphore woken = new Semaphore(0);
    private final Semaphore places;
    private final Set<MediaId> underWay = ConcurrentHashMap.newKeySet();
    private final Thread looking;
    private volatile boolean closed;

    public Fetches(
            Journal journal,
            OpenAccounts accounts,
            Media media,
            Downloads downloads,
            MediaLimits limits,
            TimeOrderedIds ids,
            InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        this.limits = limits;
        this.means =
                new FetchRun.Means(
                        accounts,
                        downloads,
                        media.folder(),
                        limits,
                        clock,
                        new Outcomes(journal, ids, clock));
        this.places = new Semaphore(limits.atOnce());
        this.looking = Thread.ofVirtual().name("media fetches").unstarted(this::look);
    }

    public void start() {
        looking.start();
    }

    /// There may be something to fetch. Returns at once; called after commits.
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void look() {
        try {
            while (!closed) {
                try {
                    begin();
                } catch (JournalUnavailable unavailable) {
                    LOG.warn("media wait: the journal cannot be read");
                }
                woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin() throws InterruptedException {
        // Taken before the journal is read: what ends in between is not begun again by what was
        // read of it.
        Set<MediaId> before = Set.copyOf(underWay);
        for (MediaRecords.Fetch fetch :
                journal.media().due(clock.instant(), limits.atOnce() + before.size())) {
            if (!before.contains(fetch.media())) {
                underWay.add(fetch.media());
                places.acquire();
                Thread.ofVirtual().name("media " + fetch.media()).start(() -> run(fetch));
            }
        }
    }

    private void run(MediaRecords.Fetch fetch) {
        try {
            new FetchRun(means, fetch).run();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "media={} account={} waits: {}",
                    fetch.media(),
                    fetch.account(),
                    failure.getClass().getName());
        } finally {
            places.release();
            underWay.remove(fetch.media());
        }
    }

    /// What is under way is left to end or to be done again after the next start.
    @Override
    public void close() {
        closed = true;
        looking.interrupt();
    }
}
