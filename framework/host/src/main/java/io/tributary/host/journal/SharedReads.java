package io.tributary.host.journal;

import java.time.InstantSource;

/// The readings that are the same in both databases, through connections of a small pool; how the
/// log itself, conversations and the directory are read is each journal's own.
abstract sealed class SharedReads implements Journal permits SqliteJournal, PostgresJournal {

    private final ReadPool pool;
    private final InstantSource clock;

    SharedReads(ReadPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /// Clears away what is kept for a time only and is over; happens by itself every minute.
    abstract void clear();

    /// Waits for the readings that run.
    final void closeReads() {
        pool.close();
    }

    @Override
    public final Pieces pieces() {
        return new PieceReads(pool);
    }

    @Override
    public final Devices devices() {
        return new DeviceReads(pool);
    }

    @Override
    public final Customers customers() {
        return new CustomerReads(pool);
    }

    @Override
    public final Outbox outbox() {
        return new OutboxReads(pool);
    }

    @Override
    public final FallbackPlans fallbacks() {
        return new FallbackReads(pool);
    }

    @Override
    public final MediaRecords media() {
        return new MediaReads(pool);
    }

    @Override
    public final Accounts accounts() {
        return new OperatorReads.AccountReads(pool);
    }

    @Override
    public final Tokens tokens() {
        return new OperatorReads.TokenReads(pool);
    }

    @Override
    public final PluginRecords plugins() {
        return new PluginTables.Reads(pool);
    }

    @Override
    public final PluginState pluginState() {
        return new StateReads(pool, clock);
    }

    @Override
    public final PluginArtifacts artifacts() {
        return new ArtifactReads(pool);
    }

    @Override
    public final DeadLetters deadLetters() {
        return new DeadLetterReads(pool);
    }

    @Override
    public final Answers answers() {
        return new OperatorReads.AnswerReads(pool);
    }

    @Override
    public final Audit audit() {
        return new AuditReads(pool);
    }
}
