package io.tributary.host.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The journal of a single node, in one SQLite file.
///
/// One thread writes, `journal-writer`; futures and listeners run on another, `journal-teller`.
/// Readings run on the caller's thread with a connection of a small pool.
public final class SqliteJournal implements Journal {

    private final JournalFolder folder;
    private final Fitness fitness;
    private final WriteQueue queue;
    private final Tables tables;
    private final Teller teller = new Teller();
    private final Writer writer;
    private final Keeper keeper;
    private final ReadPool pool;
    private final LogEnds ends;
    private final Retention retention;
    private final Options options;
    private final LogReads log;
    private final ConversationReads conversations;
    private final DirectoryReads directory;
    private final Thread writing;
    private final Thread keeping;
    private final Thread telling;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// How a journal is kept; [#standard] and what differs from it.
    ///
    /// @param clock what the time is, for what is kept for a time only
    /// @param batchUnits at most so many units in one commit
    /// @param batchBytes about so many bytes in one commit
    /// @param queuedUnits when so many units wait, further ones are refused
    /// @param queuedBytes when about so many bytes wait, further units are refused
    /// @param unitBytes a larger unit is refused for good
    /// @param readers how many readings run side by side
    /// @param dedupeFor how long a dedupe key is remembered at least
    /// @param answersFor how long an answer to an idempotency key is kept at least
    /// @param checkFor about how long an opening may look at a large file for damage
    /// @param checkAll whether the whole file is looked at, however long it takes
    /// @param fileBytes how large the database file may grow; 0: as large as the disk allows
    /// @param sortedAtOnce how many hashes gather in memory before they are sorted into their tree
    public record Options(
            InstantSource clock,
            int batchUnits,
            long batchBytes,
            int queuedUnits,
            long queuedBytes,
            long unitBytes,
            int readers,
            Duration dedupeFor,
            Duration answersFor,
            Duration checkFor,
            boolean checkAll,
            long fileBytes,
            int sortedAtOnce) {

        private static final long MB = 1024 * 1024;

        /// What a node is started with.
        public static Options standard() {
            return new Options(
                    InstantSource.system(),
                    256,
                    8 * MB,
                    16_384,
                    64 * MB,
                    16 * MB,
                    Math.max(4, Runtime.getRuntime().availableProcessors() * 2),
                    Duration.ofDays(30),
                    Duration.ofDays(7),
                    Duration.ofSeconds(1),
                    false,
                    0,
                    KeyIndex.YOUNG);
        }

        public Options at(InstantSource clock) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    queuedUnits,
                    queuedBytes,
                    unitBytes,
                    readers,
                    dedupeFor,
                    answersFor,
                    checkFor,
                    checkAll,
                    fileBytes,
                    sortedAtOnce);
        }

        /// The same, which forgets providers' keys after this time.
        public Options dedupeFor(Duration time) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    queuedUnits,
                    queuedBytes,
                    unitBytes,
                    readers,
                    time,
                    answersFor,
                    checkFor,
                    checkAll,
                    fileBytes,
                    sortedAtOnce);
        }

        public Options queue(int units, long bytes) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    units,
                    bytes,
                    unitBytes,
                    readers,
                    dedupeFor,
                    answersFor,
                    checkFor,
                    checkAll,
                    fileBytes,
                    sortedAtOnce);
        }

        public Options fileBytes(long most) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    queuedUnits,
                    queuedBytes,
                    unitBytes,
                    readers,
                    dedupeFor,
                    answersFor,
                    checkFor,
                    checkAll,
                    most,
                    sortedAtOnce);
        }

        public Options checkAll(boolean all) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    queuedUnits,
                    queuedBytes,
                    unitBytes,
                    readers,
                    dedupeFor,
                    answersFor,
                    checkFor,
                    all,
                    fileBytes,
                    sortedAtOnce);
        }

        Options sortedAtOnce(int hashes) {
            return new Options(
                    clock,
                    batchUnits,
                    batchBytes,
                    queuedUnits,
                    queuedBytes,
                    unitBytes,
                    readers,
                    dedupeFor,
                    answersFor,
                    checkFor,
                    checkAll,
                    fileBytes,
                    hashes);
        }
    }

    private SqliteJournal(
            JournalFolder folder,
            Fitness fitness,
            WriteQueue queue,
            Opening.Opened opened,
            Options options) {
        this.folder = folder;
        this.fitness = fitness;
        this.queue = queue;
        this.options = options;
        this.tables = opened.tables();
        this.ends = opened.ends();
        this.retention = new Retention(ends);
        this.writer = new Writer(tables, opened.counters(), queue, fitness, ends, teller, options);
        this.pool = new ReadPool(folder.database(), options.readers(), fitness);
        this.conversations = new ConversationReads(pool, tables.conversations);
        this.log = new LogReads(pool, ends, opened.timelines(), conversations);
        this.directory = new DirectoryReads(pool, tables, ends);
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
    public static SqliteJournal open(Path dataFolder, Options options) {
        JournalFolder folder = JournalFolder.take(dataFolder);
        try {
            var fitness = new Fitness();
            var queue = new WriteQueue(options.queuedUnits(), options.queuedBytes());
            Opening.Opened opened = Opening.open(folder, options);
            var journal = new SqliteJournal(folder, fitness, queue, opened, options);
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
        if (!fitness.writes()) {
            return CompletableFuture.failedFuture(fitness.refusal());
        }
        var prepared = new Prepared(unit);
        if (prepared.bytes > options.unitBytes()) {
            return CompletableFuture.failedFuture(
                    new UnitRefused(
                            "the unit has about "
                                    + prepared.bytes
                                    + " bytes, more than "
                                    + options.unitBytes()));
        }
        return switch (queue.offer(prepared)) {
            case TAKEN -> prepared.future;
            case BUSY ->
                    CompletableFuture.failedFuture(
                            new JournalUnavailable(
                                    "busy: more waits for the disk than may; try again soon"));
            case CLOSED ->
                    CompletableFuture.failedFuture(new JournalUnavailable("the journal is closed"));
        };
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
    public Customers customers() {
        return new CustomerReads(pool);
    }

    @Override
    public Outbox outbox() {
        return new OutboxReads(pool);
    }

    @Override
    public MediaRecords media() {
        return new MediaReads(pool);
    }

    @Override
    public Accounts accounts() {
        return new OperatorReads.AccountReads(pool);
    }

    @Override
    public Tokens tokens() {
        return new OperatorReads.TokenReads(pool);
    }

    @Override
    public PluginState pluginState() {
        return new StateReads(pool, options.clock());
    }

    @Override
    public DeadLetters deadLetters() {
        return new DeadLetterReads(pool);
    }

    @Override
    public Answers answers() {
        return new OperatorReads.AnswerReads(pool);
    }

    @Override
    public Audit audit() {
        return new AuditReads(pool);
    }

    @Override
    public long nextEpoch() {
        return onWriter(tables -> {
            tables.sql.update("update log set epoch = epoch + 1");
            return tables.sql.number(0, "select epoch from log");
        });
    }

    @Override
    public Health health() {
        return new Health(
                fitness.writes(),
                fitness.text(),
                log.head(),
                log.oldest(),
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
        return dropped;
    }

    /// Lets the file grow up to another size; also while the journal takes no writes.
    void allow(long bytes) {
        writer.allow(bytes);
    }

    /// Clears away what is kept for a time only and is over; happens by itself every minute.
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
        joined(keeping);
        joined(writing);
        joined(telling);
        pool.close();
        Opening.close(tables, fitness);
        folder.close();
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
