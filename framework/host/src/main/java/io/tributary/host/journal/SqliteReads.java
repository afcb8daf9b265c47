package io.tributary.host.journal;

import java.time.InstantSource;

/// The reading half of [SqliteJournal]: connections of a small pool, and memory where it knows
/// better than the rows.
abstract sealed class SqliteReads implements Journal permits SqliteJournal {

    private final ReadPool pool;
    private final InstantSource clock;
    private final LogReads log;
    private final ConversationReads conversations;
    private final DirectoryReads directory;

    SqliteReads(Opening.Opened opened, ReadPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
        this.conversations = new ConversationReads(pool, opened.tables().conversations);
        this.log = new LogReads(pool, opened.ends(), opened.timelines(), conversations);
        this.directory = new DirectoryReads(pool, opened.tables(), opened.ends());
    }

    /// Waits for the readings that run.
    final void closeReads() {
        pool.close();
    }

    @Override
    public final LogReader log() {
        return log;
    }

    @Override
    public final Directory directory() {
        return directory;
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
    public final Conversations conversations() {
        return conversations;
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
