package io.tributary.host.outbound;

import io.tributary.host.journal.Accounts;
import io.tributary.host.journal.Answers;
import io.tributary.host.journal.Audit;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Devices;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.FallbackPlans;
import io.tributary.host.journal.FetchJobs;
import io.tributary.host.journal.Folds;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.Membership;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Pieces;
import io.tributary.host.journal.PluginArtifacts;
import io.tributary.host.journal.PluginState;
import io.tributary.host.journal.Renormalisations;
import io.tributary.host.journal.Row;
import io.tributary.host.journal.Tokens;
import io.tributary.host.journal.Traces;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.host.journal.Watches;
import io.tributary.host.journal.WebhookRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A journal as one run of a member sees it: it can refuse writes for a while, and after a crash
/// nothing of that run reaches it any more.
final class FrailJournal implements Journal {

    private final Journal journal;
    private volatile Predicate<Unit> refuses = _ -> false;
    private volatile Predicate<Unit> refusesForGood = _ -> false;
    private volatile boolean dead;

    FrailJournal(Journal journal) {
        this.journal = journal;
    }

    void refuse(Predicate<Unit> which) {
        refuses = which;
    }

    /// As it does with what contradicts what is stored.
    void refuseForGood(Predicate<Unit> which) {
        refusesForGood = which;
    }

    /// The process is gone. An append that is past this check is one that was committed just
    /// before.
    synchronized void crash() {
        dead = true;
    }

    @Override
    public synchronized CompletableFuture<Commit> append(Unit unit) {
        if (refusesForGood.test(unit)) {
            return CompletableFuture.failedFuture(new UnitRefused("made so by the test"));
        }
        return dead || refuses.test(unit)
                ? CompletableFuture.failedFuture(new JournalUnavailable("made so by the test"))
                : journal.append(unit);
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> listener) {
        return journal.onCommit(listener);
    }

    @Override
    public Folds folds() {
        return journal.folds();
    }

    @Override
    public Watches watches() {
        return journal.watches();
    }

    @Override
    public Traces traces() {
        return journal.traces();
    }

    @Override
    public WebhookRecords webhooks() {
        return journal.webhooks();
    }

    @Override
    public LogReader log() {
        return journal.log();
    }

    @Override
    public Directory directory() {
        return journal.directory();
    }

    @Override
    public Pieces pieces() {
        return journal.pieces();
    }

    @Override
    public Devices devices() {
        return journal.devices();
    }

    @Override
    public Conversations conversations() {
        return journal.conversations();
    }

    @Override
    public Customers customers() {
        return journal.customers();
    }

    @Override
    public Outbox outbox() {
        return journal.outbox();
    }

    @Override
    public FallbackPlans fallbacks() {
        return journal.fallbacks();
    }

    @Override
    public Renormalisations renormalisations() {
        return journal.renormalisations();
    }

    @Override
    public MediaRecords media() {
        return journal.media();
    }

    @Override
    public FetchJobs fetchJobs() {
        return journal.fetchJobs();
    }

    @Override
    public Optional<MediaBytes> mediaBytes() {
        return journal.mediaBytes();
    }

    @Override
    public InstantSource clock() {
        return journal.clock();
    }

    @Override
    public Accounts accounts() {
        return journal.accounts();
    }

    @Override
    public io.tributary.host.journal.PluginRecords plugins() {
        return journal.plugins();
    }

    @Override
    public Tokens tokens() {
        return journal.tokens();
    }

    @Override
    public PluginArtifacts artifacts() {
        return journal.artifacts();
    }

    @Override
    public PluginState pluginState() {
        return journal.pluginState();
    }

    @Override
    public DeadLetters deadLetters() {
        return journal.deadLetters();
    }

    @Override
    public Answers answers() {
        return journal.answers();
    }

    @Override
    public Audit audit() {
        return journal.audit();
    }

    @Override
    public Optional<Membership> membership() {
        return journal.membership();
    }

    @Override
    public long nextEpoch() {
        return journal.nextEpoch();
    }

    @Override
    public CompletableFuture<Void> outdated() {
        return journal.outdated();
    }

    @Override
    public Health health() {
        return journal.health();
    }

    @Override
    public void backup(Path target) {
        journal.backup(target);
    }

    @Override
    public int dropBefore(Instant before) {
        return journal.dropBefore(before);
    }

    @Override
    public void close() {
        journal.close();
    }
}
