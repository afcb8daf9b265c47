package io.tributary.host.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal in a PostgreSQL database, written so that any number of members may append.
///
/// One thread of each member appends, `journal-writer`; futures and listeners run on another,
/// `journal-teller`. Nothing of the log is kept in memory that is not tested again when it counts.
/// Listeners hear of this member's own commits; the log itself tells all.
public final class PostgresJournal extends SharedReads {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresJournal.class);
    private static final int CHORES = 2;
    private static final int MEDIA = 3;
    private static final String LOST =
            "the database lacks what was committed: it was restored, or a server took over that was"
                    + " behind. This member begins anew; readers go on from what is there";

    /// Longer than anybody sends a batch again.
    private static final Duration BATCHES_FOR = Duration.ofHours(1);

    /// The server needs a moment to notice that the member before is gone.
    private static final Duration TAKE_OVER = Duration.ofSeconds(3);

    /// Callers are to hear within two seconds that the database is away.
    private static final long ANSWER_AFTER = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final Duration CLEAR_EVERY = Duration.ofMinutes(1);

    private final Fitness fitness;
    private final WriteQueue queue;
    private final Teller teller = new Teller();
    private final JournalOptions options;
    private final ReadPool chores;
    private final PostgresLog log;
    private final PostgresDirectory directory;
    private final PostgresConversations conversations;
    private final FetchJobs fetchJobs;
    private final Folds folds;
    private final RenormalisationRows renormalisations;
    private final WebhookRecords webhooks;
    private final Watches watches;
    private final Traces traces;
    private final PostgresMediaBytes mediaBytes;
    private final SharedClock clock;
    private final Occupancy occupancy;
    private final PostgresMembership membership;
    private final boolean alone;
    private final PostgresConnections connections;
    private final PostgresWriter writer;
    private final Runnable afterwards;
    private final DatabaseSize size;
    private final Patience patience;
    private final Thread waiting;
    private final Thread writing;
    private final Thread telling;
    private final Thread keeping;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> outdated = new CompletableFuture<>();

    private PostgresJournal(
            PostgresConnections connections,
            Greeter greeter,
            Fitness fitness,
            ReadPool pool,
            SharedClock clock,
            boolean alone,
            Runnable afterwards,
            JournalOptions options) {
        super(pool, options.clock());
        this.connections = connections;
        this.fitness = fitness;
        this.options = options;
        this.queue = new WriteQueue(options.queuedUnits(), options.queuedBytes());
        this.chores =
                new ReadPool(
                        new PostgresSource(connections::chores, greeter, false), CHORES, fitness);
        var remembered = new Remembered(4 * options.remembered());
        greeter.onLoss(() -> {
            fitness.stop(LOST);
            // not on a thread that has a connection in its hands
            outdated.completeAsync(() -> null);
        });
        this.conversations = new PostgresConversations(pool);
        this.log = new PostgresLog(pool, greeter, conversations);
        this.directory = new PostgresDirectory(pool, remembered);
        this.afterwards = afterwards;
        this.size = new DatabaseSize(chores);
        this.fetchJobs = new PostgresFetchJobs(chores);
        this.folds = new FoldRows(pool, chores::read);
        this.renormalisations = new RenormalisationRows(pool, chores::read);
        this.webhooks = new WebhookRows(pool, chores::read);
        this.watches = new WatchRows(pool, chores::read);
        this.traces = new TraceRows(pool, chores::read);
        this.clock = clock;
        this.mediaBytes =
                new PostgresMediaBytes(
                        new ReadPool(
                                new PostgresSource(connections::media, greeter, false),
                                MEDIA,
                                fitness));
        this.patience = new Patience(queue, fitness, ANSWER_AFTER);
        var appending = new PostgresSource(connections::appender, greeter, false);
        this.occupancy = alone ? Occupancy.alone(appending) : Occupancy.shared(appending);
        this.alone = alone;
        this.membership =
                new PostgresMembership(
                        Occupancy.shared(
                                new PostgresSource(connections::heartbeats, greeter, false)),
                        pool);
        this.writer =
                new PostgresWriter(
                        occupancy, queue, fitness, teller, remembered, greeter, patience, options);
        this.writing = Thread.ofPlatform().name("journal-writer").unstarted(writer);
        this.telling = Thread.ofPlatform().name("journal-teller").unstarted(teller);
        this.waiting = Thread.ofPlatform().name("journal-patience").daemon().unstarted(patience);
        this.keeping = Thread.ofPlatform().name("journal-keeper").daemon().unstarted(this::keep);
    }

    /// Opens the journal; makes its tables where there are none.
    ///
    /// @param data the member's folder, which is to be this member's alone as well
    /// @throws JournalUnavailable the server cannot be reached or used, or another member uses it;
    ///   the message tells an operator what to do
    public static PostgresJournal open(PostgresAddress address, Path data, JournalOptions options) {
        return open(address, data, true, options);
    }

    /// Opens the journal beside other members that do so: who of them runs what is up to
    /// [#membership].
    ///
    /// @param data as for [#open]
    /// @throws JournalUnavailable the server cannot be reached or used, or a member uses it that
    ///   shares it with nobody
    public static PostgresJournal share(
            PostgresAddress address, Path data, JournalOptions options) {
        return open(address, data, false, options);
    }

    private static PostgresJournal open(
            PostgresAddress address, Path data, boolean alone, JournalOptions options) {
        JournalFolder folder = JournalFolder.take(data);
        try {
            var connections = new PostgresConnections(address);
            PostgresSchema.migrate(connections, options.clock());
            // also what the journal itself keeps for a time is over for all members at once
            var clock = new SharedClock(options.clock());
            return opened(connections, clock, alone, folder::close, options.at(clock))
                    .first(folder, address);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private PostgresJournal first(JournalFolder folder, PostgresAddress address) {
        try {
            writer.firstConnection(TAKE_OVER);
            refuseToForget(folder, address);
            return started();
        } catch (SQLException e) {
            closeConnections();
            throw PostgresSchema.unusable(address, e);
        } catch (RuntimeException e) {
            closeConnections();
            throw e;
        }
    }

    private void closeConnections() {
        writer.drop();
        mediaBytes.close();
        chores.close();
        closeReads();
    }

    /// Brings the tables to this version, or makes them.
    ///
    /// @throws JournalUnavailable they cannot be
    public static void migrate(PostgresAddress address, JournalOptions options) {
        PostgresSchema.migrate(new PostgresConnections(address), options.clock());
    }

    /// Looks at the server and changes nothing.
    ///
    /// @return what is wrong, in words for an operator; empty: nothing was found
    public static List<String> examine(PostgresAddress address) {
        return ServerCheck.all(new PostgresConnections(address), InstantSource.system());
    }

    /// The tables are there already, and others may use them.
    static PostgresJournal openMigrated(PostgresConnections connections, JournalOptions options) {
        var clock = new SharedClock(options.clock());
        return opened(connections, clock, false, () -> {}, options).started();
    }

    private static PostgresJournal opened(
            PostgresConnections connections,
            SharedClock clock,
            boolean alone,
            Runnable afterwards,
            JournalOptions options) {
        var greeter = new Greeter(options.clock());
        var fitness = new Fitness();
        var pool =
                new ReadPool(
                        new PostgresSource(connections::reader, greeter, true),
                        options.readers(),
                        fitness);
        return new PostgresJournal(
                connections, greeter, fitness, pool, clock, alone, afterwards, options);
    }

    /// A folder with a log of its own, and an empty database: somebody forgot to copy.
    private void refuseToForget(JournalFolder folder, PostgresAddress address) {
        boolean used = chores.read(LogCopy::holdsSomething);
        if (Files.exists(folder.database()) && !used) {
            throw new JournalUnavailable(
                    "the data folder holds a log in "
                            + folder.database()
                            + ", and the database at "
                            + address.place()
                            + " is empty: bring it over with `tributary copy`, or move the file"
                            + " away");
        }
    }

    private PostgresJournal started() {
        // so that the timeline is known before anybody asks for it
        LOG.debug("the log is open head={}", log.head());
        size.look();
        clock.look(chores);
        writing.start();
        telling.start();
        keeping.start();
        waiting.start();
        return this;
    }

    @Override
    public CompletableFuture<Commit> append(Unit unit) {
        return queue.hand(unit, fitness, options.unitBytes());
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> listener) {
        return teller.listen(listener);
    }

    @Override
    public LogReader log() {
        return log;
    }

    @Override
    public Directory directory() {
        return directory;
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public FetchJobs fetchJobs() {
        return fetchJobs;
    }

    @Override
    public Folds folds() {
        return folds;
    }

    @Override
    public Renormalisations renormalisations() {
        return renormalisations;
    }

    @Override
    public WebhookRecords webhooks() {
        return webhooks;
    }

    @Override
    public Watches watches() {
        return watches;
    }

    @Override
    public Traces traces() {
        return traces;
    }

    @Override
    public Optional<MediaBytes> mediaBytes() {
        return Optional.of(mediaBytes);
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Duration skew() {
        return clock.skew();
    }

    @Override
    public Optional<Membership> membership() {
        return alone ? Optional.empty() : Optional.of(membership);
    }

    @Override
    public long nextEpoch() {
        long epoch =
                chores.read(
                        sql -> sql.number(0, "update log set epoch = epoch + 1 returning epoch"));
        if (alone) {
            occupancy.began(epoch);
        }
        return epoch;
    }

    @Override
    public Health health() {
        long head = 0;
        long oldest = 1;
        try {
            head = log.head();
            oldest = log.oldest();
        } catch (JournalUnavailable away) {
            return new Health(false, String.valueOf(away.getMessage()), head, oldest, size.bytes());
        }
        return new Health(fitness.writes(), fitness.text(), head, oldest, size.bytes());
    }

    @Override
    public CompletableFuture<Void> outdated() {
        return outdated;
    }

    /// What the database's own tools do better: they copy what members write meanwhile as well.
    @Override
    public void backup(Path target) {
        throw new UnsupportedOperationException(
                "The log is kept in PostgreSQL and backed up there: with pg_basebackup and archived"
                        + " WAL, or pg_dump; see docs/operations.md.");
    }

    @Override
    public int dropBefore(Instant before) {
        int dropped = 0;
        int step;
        do {
            step =
                    chores.read(sql ->
                            (int)
                                    sql.number(
                                            0,
                                            "select drop_oldest_v1(?, ?)",
                                            before,
                                            Retention.STEP));
            dropped += step;
        } while (step > 0);
        boolean more = true;
        while (more) {
            more =
                    chores.read(sql ->
                            sql.first(
                                            "select drop_beside_v1(?, ?)",
                                            Columns::truth,
                                            before,
                                            Retention.STEP)
                                    .orElse(false));
        }
        traces.dropBefore(before);
        return dropped;
    }

    @Override
    void clear() {
        boolean more = true;
        while (more) {
            Instant now = options.clock().instant();
            more =
                    chores.read(sql ->
                            sql.first(
                                            "select clear_v1(?, ?, ?, ?, ?, ?)",
                                            Columns::truth,
                                            now,
                                            now.minus(options.dedupeFor()),
                                            now.minus(options.answersFor()),
                                            now.minus(Clearing.DEVICES_FOR),
                                            now.minus(BATCHES_FOR),
                                            Retention.STEP)
                                    .orElse(false));
        }
        mediaBytes.clear();
    }

    private void keep() {
        try {
            while (!closing.await(CLEAR_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                clearQuietly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void clearQuietly() {
        try {
            clock.look(chores);
            size.look();
            clear();
        } catch (RuntimeException away) {
            LOG.warn("what is over could not be cleared away", away);
        }
    }

    /// Commits what was handed in before, then closes. Later calls do nothing.
    ///
    /// A caller that is interrupted meanwhile has no time any more: then whatever still waits for
    /// the server is given up, and of what was not answered nobody knows whether it is stored.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Thread end = Thread.ofPlatform().daemon().name("journal-close").start(this::end);
        Ending.await(end, connections::abort);
    }

    private void end() {
        closing.countDown();
        queue.close();
        Ending.await(keeping);
        Ending.await(writing);
        Ending.await(telling);
        patience.close();
        Ending.await(waiting);
        mediaBytes.close();
        membership.close();
        chores.close();
        closeReads();
        afterwards.run();
    }
}
