package io.tributary.host.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The durable, ordered record of all interactions, and the tables that must agree with it.
///
/// Thread safe. [#append] never blocks: units of all callers are gathered while the last commit
/// runs and go to disk in one transaction. The readers block and are called on virtual threads or
/// on the journal's own.
public interface Journal extends AutoCloseable {

    /// Commits one unit whole or not at all.
    ///
    /// The future completes after the fsync, on the telling thread: what hangs on it must be short.
    /// It fails with [JournalUnavailable] when the outcome is not a durable commit (disk full,
    /// closed, damaged): do not acknowledge.
    CompletableFuture<Commit> append(Unit unit);

    /// Calls `listener` after each commit with the interactions it brought, in order of position,
    /// on the telling thread: the listener hands over and returns. Close the answer to stop.
    AutoCloseable onCommit(Consumer<List<Row>> listener);

    LogReader log();

    Directory directory();

    /// Pieces of wholes.
    Pieces pieces();

    /// Devices, and who is reached through them.
    Devices devices();

    Conversations conversations();

    Customers customers();

    Outbox outbox();

    /// What is tried when messages do not arrive.
    FallbackPlans fallbacks();

    MediaRecords media();

    /// Jobs that fetch media.
    FetchJobs fetchJobs();

    /// The bytes of media, where members share them; empty: a member has its log to itself, and its
    /// files are all there is.
    Optional<MediaBytes> mediaBytes();

    /// The time that all members agree on.
    InstantSource clock();

    /// How far this member's own clock is ahead of that one, as it was last compared; less than
    /// zero: behind. Zero where nobody else has to agree.
    default Duration skew() {
        return Duration.ZERO;
    }

    /// What an operator should do about [#skew]; empty: nothing.
    default String skewText() {
        return SharedClock.isStrange(skew()) ? SharedClock.text(skew()) : "";
    }

    Accounts accounts();

    Tokens tokens();

    PluginRecords plugins();

    PluginState pluginState();

    /// Plugin jars.
    PluginArtifacts artifacts();

    DeadLetters deadLetters();

    Answers answers();

    Audit audit();

    /// What folds over the log have come to.
    Folds folds();

    /// Runs that translate kept raw events again.
    Renormalisations renormalisations();

    /// Webhooks of agent apps, and how far each has come.
    WebhookRecords webhooks();

    /// Conversations whose capabilities are watched.
    Watches watches();

    /// What is kept of requests to providers.
    Traces traces();

    /// Who else writes this log; empty: a member has it to itself.
    Optional<Membership> membership();

    /// Raises the epoch of this node's ownership durably and returns it; called once at start. What
    /// was SENDING under an older epoch is of unknown outcome.
    long nextEpoch();

    /// What an operator should know: size, oldest position, last commit, whether it takes writes
    /// and, if not, why.
    Health health();

    /// Completes when the log turns out to lack what this journal saw committed: it was restored,
    /// or a server took over that was behind. Nothing is taken any more; who keeps anything of the
    /// log in memory begins anew. A log in a file never does that.
    CompletableFuture<Void> outdated();

    /// A consistent copy of everything while the journal works on.
    ///
    /// @param target a file that does not exist yet
    /// @throws UnsupportedOperationException the log is backed up by other means; the message says
    ///   by which
    void backup(java.nio.file.Path target);

    /// Drops what is older than `before`: interactions with what hangs on them (positions are never
    /// given again), media that nothing newer was sent with, dead letters that are closed, traces.
    ///
    /// @return how many interactions went
    int dropBefore(java.time.Instant before);

    @Override
    void close();

    /// The state of the journal.
    ///
    /// @param writable false when appends are being refused
    /// @param text why, in words for an operator; empty when all is well
    record Health(boolean writable, String text, long head, long oldest, long bytes) {}
}
