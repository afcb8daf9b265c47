package io.tributary.host.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The journal of a single node, in one SQLite file.
///
/// One thread writes, `journal-writer`; futures and listeners run on another, `journal-teller`.
/// Readings run on the caller's thread with a connection of a small pool.
public final class SqliteJournal extends SharedReads {

    private final ConversationReads conversations;
    private final LogReads log;
    private final DirectoryReads directory;
    private final FetchJobs fetchJobs;
    private final Folds folds;
    private final RenormalisationRows renormalisations;
    private final WebhookRecords webhooks;
    private final Watches watches;
    private final Traces traces;
    private final JournalFolder folder;
    private final Fitness fitness;
    private final WriteQueue queue;
    private final Tables tables;
    private final Teller teller = new Teller();
    private final Writer writer;
    private final Keeper keeper;
    private final Retention retention;
    private final JournalOptions options;
    private final Thread writing;
    private final Thread keeping;
    private final Thread telling;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteJournal(
            JournalFolder folder,
            Fitness fitness,
            WriteQueue queue,
            Opening.Opened opened,
            ReadPool pool,
            JournalOptions options) {
        super(pool, options.clock());
        this.conversations = new ConversationReads(pool, opened.tables().conversations);
        this.log = new LogReads(pool, opened.ends(), opened.timelines(), conversations);
        this.directory = new DirectoryReads(pool, opened.tables(), opened.ends());
        this.fetchJobs = new OwnFetchJobs(pool, options.clock());
        this.folds = new FoldRows(pool, change -> onWriter(own -> change.run(own.sql)));
        this.renormalisations =
                new RenormalisationRows(pool, change -> onWriter(own -> change.run(own.sql)));
        this.webhooks = new WebhookRows(pool, change -> onWriter(own -> change.run(own.sql)));
        this.watches = new WatchRows(pool, change -> onWriter(own -> change.run(own.sql)));
        this.traces = new TraceRows(pool, change -> onWriter(own -> change.run(own.sql)));
        this.folder = folder;
        this.fitness = fitness;
        this.queue = queue;
        this.options = options;
        this.tables = opened.tables();
        this.retention = new Retention(opened.ends());
        this.writer =
                new Writer(
                        tables, opened.counters(), queue, fitness, opened.ends(), teller, options);
        var clearing = new Clearing(options.dedupeFor(), options.answersFor());
        this.keeper = new Keeper(folder.database(), queue, fitness, clearing);
        this.writing = Thread.ofPlatform().name("journal-writer").unstarted(writer);
        this.telling = Thread.ofPlatform().name("journal-teller").unstarted(teller);
        this.keeping = Thread.ofPlatform().name("journal-keeper").daemon().unstarted(keeper);
    }

    /// Opens the journal in a folder; makes both where there are none.
    ///
    /// @throws JournalUnavailable somebody else uses the folder, the file is damaged, or it cannot
    ///   be used; the message tells an operator what to do
    public static SqliteJournal open(Path dataFolder, JournalOptions options) {
        JournalFolder folder = JournalFolder.take(dataFolder);
        try {
            var fitness = new Fitness();
            var queue = new WriteQueue(options.queuedUnits(), options.queuedBytes());
            Opening.Opened opened = Opening.open(folder, options);
            var pool =
                    new ReadPool(
                            new SqliteSource(folder.database(), fitness),
                            options.readers(),
                            fitness);
            var journal = new SqliteJournal(folder, fitness, queue, opened, pool, options);
            journal.writing.start();
            journal.keeping.start();
            journal.telling.start();
            return journal;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// Looks at the whole file of a journal that nobody uses, however long it takes, and changes
    /// nothing.
    ///
    /// @return what is wrong, in words for an operator; empty: nothing was found
    /// @throws JournalUnavailable somebody uses the folder, or there is no journal in it
    public static List<String> examine(Path dataFolder) {
        try (JournalFolder folder = JournalFolder.take(dataFolder)) {
            return Opening.examine(folder);
        }
    }

    @Override
    public CompletableFuture<Commit> append(Unit unit) {
        return queue.hand(unit, fitness, options.unitBytes());
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
        return Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return options.clock();
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> listener) {
        return teller.listen(listener);
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.empty();
    }

    @Override
    public long nextEpoch() {
        return onWriter(tables -> {
            tables.sql.update("update log set epoch = epoch + 1");
            return tables.sql.number(0, "select epoch from log");
        });
    }

    @Override
    public CompletableFuture<Void> outdated() {
        return new CompletableFuture<>();
    }

    @Override
    public Health health() {
        return new Health(
                fitness.writes(),
                fitness.text(),
                log().head(),
                log().oldest(),
                size(folder.database()) + size(folder.writeAheadLog()));
    }

    @Override
    public void backup(Path target) {
        Backup.make(folder.database(), target);
    }

    @Override
    public int dropBefore(Instant before) {
        int dropped = 0;
        int step;
        do {
            step = onWriter(tables -> retention.drop(tables, before));
            dropped += step;
        } while (step > 0);
        boolean more = true;
        while (more) {
            more = onWriter(tables -> Retention.dropBeside(tables.sql, before));
        }
        traces.dropBefore(before);
        return dropped;
    }

    /// Lets the file grow up to another size; also while the journal takes no writes.
    void allow(long bytes) {
        writer.allow(bytes);
    }

    @Override
    void clear() {
        var clearing = new Clearing(options.dedupeFor(), options.answersFor());
        boolean more = true;
        while (more) {
            more = onWriter(clearing::step);
        }
    }

    private <T> T onWriter(Chore.Work<T> work) {
        Chore<T> chore = Chore.of(work);
        if (queue.offer(chore) == WriteQueue.Answer.CLOSED) {
            throw new JournalUnavailable("the journal is closed");
        }
        try {
            return chore.future().join();
        } catch (CompletionException e) {
            throw new JournalUnavailable("the journal could not write", e);
        }
    }

    /// Commits what was handed in before, then closes. Later calls do nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        keeper.close();
        queue.close();
        Ending.await(keeping);
        Ending.await(writing);
        Ending.await(telling);
        closeReads();
        Opening.close(tables, fitness);
        folder.close();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
