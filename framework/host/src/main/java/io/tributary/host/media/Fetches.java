package io.tributary.host.media;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
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
/// What is to be fetched stands in the journal: a crash forgets nothing. Of several members each
/// takes what it has a place for, and holds it until it is put where all have it.
public final class Fetches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);

    /// Wake-ups may be lost: it looks for itself as well.
    private static final Duration LOOK = Duration.ofSeconds(2);

    /// Under load there are more commits than that, and few of them bring media.
    private static final long BETWEEN = Duration.ofMillis(100).toNanos();

    private final FetchJobs jobs;
    private final Holding holding;
    private final FetchRun.Means means;
    private final Semaphore woken = new Semaphore(0);
    private final Semaphore places;
    private final ConcurrentHashMap<MediaId, FetchJobs.Fetch> underWay = new ConcurrentHashMap<>();
    private final PutBacklog backlog = new PutBacklog(this::ended);
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
        this.jobs = journal.fetchJobs();
        this.holding = new Holding(jobs, System::nanoTime);
        this.means =
                new FetchRun.Means(
                        accounts,
                        downloads,
                        media.place(),
                        journal.media(),
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
                long looked = System.nanoTime();
                try {
                    // before others are taken: what cannot be held may be another's by now
                    holding.look(underWay.values());
                    backlog.look();
                    begin();
                } catch (JournalUnavailable unavailable) {
                    LOG.warn("media wait: the journal cannot be read");
                }
                woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                TimeUnit.NANOSECONDS.sleep(BETWEEN - (System.nanoTime() - looked));
                woken.drainPermits();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes no more than there are places for: others may have one at once.
    private void begin() {
        int free = places.availablePermits();
        if (free == 0) {
            return;
        }
        // Taken before the journal is read: what ends in between is not begun again by what was
        // read of it.
        Set<MediaId> before = Set.copyOf(underWay.keySet());
        for (FetchJobs.Fetch fetch : jobs.take(free, before)) {
            underWay.put(fetch.media(), fetch);
            places.acquireUninterruptibly();
            Thread.ofVirtual().name("media " + fetch.media()).start(() -> run(fetch));
        }
    }

    private void run(FetchJobs.Fetch fetch) {
        var run = new FetchRun(means, fetch);
        boolean waits = false;
        boolean ended = false;
        try {
            waits = !run.run() && keeps(run);
            ended = true;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "media={} account={} waits: {}",
                    fetch.media(),
                    fetch.account(),
                    failure.getClass().getName());
        } finally {
            if (!waits) {
                underWay.remove(fetch.media());
            }
            places.release();
            if (ended) {
                wake();
            }
        }
    }

    /// Another member has not what came here, and its provider may not have it any more: it stays
    /// held, so long as there are not too many of them.
    private boolean keeps(FetchRun run) {
        boolean kept = backlog.add(run);
        if (!kept) {
            run.giveBack();
        }
        return kept;
    }

    private void ended(MediaId media) {
        underWay.remove(media);
        wake();
    }

    /// What is under way is left to end or to be done again after the next start.
    @Override
    public void close() {
        closed = true;
        backlog.close();
        looking.interrupt();
    }
}
