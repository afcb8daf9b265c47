package io.tributary.host.inbound;

import io.tributary.host.journal.Accounts;
import io.tributary.host.journal.Answers;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.PluginState;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Tokens;
import io.tributary.host.journal.Unit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A journal in memory that keeps the real one's rules of expectation, dedupe and order, so that races can be staged.
final class MemoryJournal implements Journal {

    final MemoryTables tables = new MemoryTables();
    final AtomicInteger stale = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    volatile boolean down;
    volatile Runnable beforeNext = () -> {};
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("writer").factory());

    @Override
    public CompletableFuture<Commit> append(Unit unit) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (down) {
                        throw new JournalUnavailable("the disk is full");
                    }
                    Runnable first = beforeNext;
                    beforeNext = () -> {};
                    first.run();
                    Commit commit = tables.write(unit);
                    if (commit instanceof Commit.Stale) {
                        stale.incrementAndGet();
                    }
                    return commit;
                },
                writer);
    }

    /// What another member would have written meanwhile.
    void write(Unit unit) {
        tables.write(unit).need();
    }

    @Override
    public Directory directory() {
        reads.incrementAndGet();
        if (down) {
            throw new JournalUnavailable("the disk is full");
        }
        return tables.directory;
    }

    @Override
    public Conversations conversations() {
        reads.incrementAndGet();
        return tables.conversations;
    }

    @Override
    public LogReader log() {
        return tables.log;
    }

    @Override
    public DeadLetters deadLetters() {
        return tables.deadLetters;
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Customers customers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outbox outbox() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MediaRecords media() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Accounts accounts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Tokens tokens() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState pluginState() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answers answers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Audit audit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nextEpoch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Health health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void backup(Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int dropBefore(Instant before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
