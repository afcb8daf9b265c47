package io.tributary.host.agents;

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
import io.tributary.host.journal.Watches;
import io.tributary.host.journal.WebhookRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A real journal, of which a test changes one thing.
class ForwardingJournal implements Journal {

    private final Journal real;

    ForwardingJournal(Journal real) {
        this.real = real;
    }

    @Override
    public CompletableFuture<Commit> append(Unit unit) {
        return real.append(unit);
    }

    @Override
    public AutoCloseable onCommit(Consumer<List<Row>> listener) {
        return real.onCommit(listener);
    }

    @Override
    public Folds folds() {
        return real.folds();
    }

    @Override
    public Watches watches() {
        return real.watches();
    }

    @Override
    public Traces traces() {
        return real.traces();
    }

    @Override
    public WebhookRecords webhooks() {
        return real.webhooks();
    }

    @Override
    public LogReader log() {
        return real.log();
    }

    @Override
    public Directory directory() {
        return real.directory();
    }

    @Override
    public Pieces pieces() {
        return real.pieces();
    }

    @Override
    public Devices devices() {
        return real.devices();
    }

    @Override
    public Conversations conversations() {
        return real.conversations();
    }

    @Override
    public Customers customers() {
        return real.customers();
    }

    @Override
    public Outbox outbox() {
        return real.outbox();
    }

    @Override
    public FallbackPlans fallbacks() {
        return real.fallbacks();
    }

    @Override
    public Renormalisations renormalisations() {
        return real.renormalisations();
    }

    @Override
    public MediaRecords media() {
        return real.media();
    }

    @Override
    public FetchJobs fetchJobs() {
        return real.fetchJobs();
    }

    @Override
    public Optional<MediaBytes> mediaBytes() {
        return real.mediaBytes();
    }

    @Override
    public InstantSource clock() {
        return real.clock();
    }

    @Override
    public Accounts accounts() {
        return real.accounts();
    }

    @Override
    public io.tributary.host.journal.PluginRecords plugins() {
        return real.plugins();
    }

    @Override
    public Tokens tokens() {
        return real.tokens();
    }

    @Override
    public PluginArtifacts artifacts() {
        return real.artifacts();
    }

    @Override
    public PluginState pluginState() {
        return real.pluginState();
    }

    @Override
    public DeadLetters deadLetters() {
        return real.deadLetters();
    }

    @Override
    public Answers answers() {
        return real.answers();
    }

    @Override
    public Audit audit() {
        return real.audit();
    }

    @Override
    public Optional<Membership> membership() {
        return real.membership();
    }

    @Override
    public long nextEpoch() {
        return real.nextEpoch();
    }

    @Override
    public CompletableFuture<Void> outdated() {
        return real.outdated();
    }

    @Override
    public Health health() {
        return real.health();
    }

    @Override
    public void backup(Path target) {
        real.backup(target);
    }

    @Override
    public int dropBefore(Instant before) {
        return real.dropBefore(before);
    }

    @Override
    public void close() {
        real.close();
    }
}
