package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Renormalisations.State;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the plugins as they are now translate kept raw events again, after a fix, and appends what
/// they understand otherwise as corrections, once.
///
/// A run is a row with a lease: where the member that works on it dies, another takes it up from
/// where it was kept, and what was corrected in between is found unchanged. Thread safe.
public final class Renormalising implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renormalising.class);

    private static final Duration LEASE = Duration.ofSeconds(30);

    /// An id is made when what it names is appended, by a clock that may be off by this much.
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final Journal journal;
    private final Inbox inbox;
    private final OpenAccounts accounts;
    private final long member;
    private final Pace pace;
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;

    /// How fast it goes.
    ///
    /// @param pause between two events
    /// @param poll how long a run that nobody works on may wait
    public record Pace(Duration pause, Duration poll) {

        /// A hundred events a second at the most.
        public static final Pace USUAL = new Pace(Duration.ofMillis(10), Duration.ofSeconds(5));
    }

    /// What an operator asks for.
    ///
    /// @param account null: all of the channel
    /// @param until null: up to now
    /// @param dry whether nothing is to be appended
    public record Wish(
            ChannelId channel,
            @Nullable AccountId account,
            Instant since,
            @Nullable Instant until,
            boolean dry) {}

    /// @param member this run of it
    public Renormalising(OpenAccounts accounts, Inbox inbox, long member, Pace pace) {
        this.inbox = inbox;
        this.journal = inbox.means().journal();
        this.accounts = accounts;
        this.member = member;
        this.pace = pace;
        this.watch = Thread.ofVirtual().name("renormalisation").unstarted(this::watch);
    }

    /// Begins to work on runs that have not ended, this member's and others'.
    public void start() {
        watch.start();
    }

    /// Begins a run.
    ///
    /// @return empty: another of the channel goes on
    public Optional<Run> begin(Wish wish, String actor) {
        Instant now = inbox.means().clock().instant();
        Instant until = wish.until();
        var run =
                new Run(
                        wish.channel(),
                        UUID.randomUUID().toString(),
                        wish.account(),
                        wish.since(),
                        until == null ? now : until,
                        wish.dry(),
                        actor,
                        State.RUNNING,
                        "",
                        before(wish.since()),
                        journal.log().head(),
                        Counts.NONE,
                        now,
                        null);
        if (!journal.renormalisations().begin(run)) {
            return Optional.empty();
        }
        audit(run, actor, "renormalisation.begin", told(run));
        work(run);
        return Optional.of(run);
    }

    public List<Run> all() {
        return journal.renormalisations().all();
    }

    public Optional<Run> of(ChannelId channel) {
        return journal.renormalisations().of(channel);
    }

    /// Ends the channel's run where it is.
    ///
    /// @return false: none goes on
    public boolean stop(ChannelId channel, String actor) {
        var run = of(channel);
        boolean stopped =
                run.isPresent()
                        && journal.renormalisations()
                                .stop(run.get(), inbox.means().clock().instant());
        if (stopped) {
            audit(run.get(), actor, "renormalisation.stop", told(run.get().counts()));
        }
        return stopped;
    }

    private static String told(Run run) {
        return "account=%s since=%s until=%s dry=%s"
                .formatted(
                        run.account() == null ? "all" : run.account(),
                        run.since(),
                        run.until(),
                        run.dry());
    }

    private static String told(Counts counts) {
        return "looked=%d unchanged=%d corrected=%d passed=%d failed=%d"
                .formatted(
                        counts.looked(),
                        counts.unchanged(),
                        counts.corrected(),
                        counts.passed(),
                        counts.failed());
    }

    private void audit(Run run, String actor, String action, String detail) {
        var at = inbox.means().clock().instant();
        var _ =
                Late.committed(
                        journal,
                        Unit.of(
                                new Change.AddAudit(
                                        actor, action, run.channel().value(), detail, at)));
    }

    /// The position before the first that can have been received since then. Ids are in the order
    /// of time, also where what they name was received long before.
    private long before(Instant since) {
        long from = journal.log().oldest();
        long to = journal.log().head() + 1;
        long wanted = since.minus(SLACK).toEpochMilli();
        while (from < to) {
            long middle = (from + to) >>> 1;
            boolean early =
                    journal.log()
                            .at(middle)
                            .map(row -> row.id().value().getMostSignificantBits() >>> 16)
                            .filter(millis -> millis >= wanted)
                            .isEmpty();
            if (early) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }

    private void watch() {
        try {
            do {
                look();
            } while (!closed.await(pace.poll().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            all().stream().filter(run -> run.state() == State.RUNNING).forEach(this::work);
        } catch (RuntimeException | Error failure) {
            LOG.debug("runs cannot be looked for: {}", failure.toString());
        }
    }

    /// Works on it here, unless somebody does.
    private void work(Run run) {
        if (closed.getCount() > 0 && working.add(run.id())) {
            Thread.ofVirtual()
                    .name("renormalisation " + run.channel())
                    .start(() -> {
                        try {
                            goOn(run);
                        } catch (JournalUnavailable unavailable) {
                            LOG.warn(
                                    "channel={} a run waits: {}",
                                    run.channel(),
                                    unavailable.getMessage());
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        } finally {
                            working.remove(run.id());
                        }
                    });
        }
    }

    private void goOn(Run begun) throws InterruptedException {
        if (!held(begun)) {
            return;
        }
        // as it was kept by whoever held it last
        var kept = of(begun.channel()).filter(now -> now.id().equals(begun.id()));
        var steps = new RenormalisationRun(accounts, inbox, this::pause);
        Run run = kept.orElse(begun);
        try {
            while (run.position() < run.last() && closed.getCount() > 0) {
                run = steps.further(run);
                if (!held(run) || !journal.renormalisations().keep(run, member)) {
                    return;
                }
            }
            if (closed.getCount() > 0) {
                end(run, State.ENDED, "");
            }
        } catch (RenormalisationRun.Stopped stopped) {
            end(run, State.FAILED, String.valueOf(stopped.getMessage()));
        }
    }

    private boolean held(Run run) {
        return journal.renormalisations().take(run, member, inbox.means().clock().instant(), LEASE);
    }

    private void end(Run run, State how, String why) {
        var over = run.ended(how, why, inbox.means().clock().instant());
        if (journal.renormalisations().keep(over, member)) {
            audit(
                    run,
                    run.actor(),
                    "renormalisation.end",
                    (told(run.counts()) + " " + why).strip());
            LOG.info("channel={} a run has ended: {}", run.channel(), told(run.counts()));
        }
    }

    private void pause() throws InterruptedException {
        if (closed.await(pace.pause().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the member stops");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            journal.renormalisations().release(member);
        } catch (RuntimeException unavailable) {
            LOG.debug("runs are given back by time: {}", unavailable.getMessage());
        }
    }
}
