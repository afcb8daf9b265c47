package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Renormalisations.State;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Has the plugins as they are now translate kept raw events again, after a fix, and appends what
/// they understand otherwise as corrections, once.
///
/// A run is a row with a lease: where the member that works on it dies, another takes it up from
/// where it was kept, and what was corrected in between is found unchanged. Thread safe.
public final class Renormalising implements AutoCloseable {

    private final Journal journal;
    private final Inbox inbox;
    private final RenormalisationWork work;

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
        this.work = new RenormalisationWork(accounts, inbox, member, pace);
    }

    /// Begins to work on runs that have not ended, this member's and others'.
    public void start() {
        work.start();
    }

    /// Whether an account of this member can translate what is wished for.
    public boolean isServed(ChannelId channel, @Nullable AccountId account) {
        return !work.plugins(channel, account).isEmpty();
    }

    /// Begins a run; where one of the same wish and the same plugins has failed, behind what it
    /// failed at.
    ///
    /// @return empty: another of the channel goes on
    public Optional<Run> begin(Wish wish, String actor) {
        var before = of(wish.channel());
        if (before.filter(run -> run.state() == State.RUNNING).isPresent()) {
            return Optional.empty();
        }
        Run fresh = fresh(wish, actor);
        Run run =
                before.filter(failed -> isSame(failed, fresh, wish))
                        .map(failed -> fresh.at(failed.position(), failed.counts()))
                        .orElse(fresh);
        // first, so that nothing happens of which nobody is told
        work.audit(run, actor, "renormalisation.begin", told(run));
        if (!journal.renormalisations().begin(run)) {
            return Optional.empty();
        }
        work.begin(run);
        return Optional.of(run);
    }

    private Run fresh(Wish wish, String actor) {
        Instant now = inbox.means().clock().instant();
        Instant until = wish.until();
        return new Run(
                wish.channel(),
                UUID.randomUUID().toString(),
                work.plugins(wish.channel(), wish.account()),
                wish.account(),
                wish.since().truncatedTo(ChronoUnit.MICROS),
                (until == null ? now : until).truncatedTo(ChronoUnit.MICROS),
                wish.dry(),
                actor,
                State.RUNNING,
                "",
                new LogStart(journal.log()).before(wish.since()),
                journal.log().head(),
                Counts.NONE,
                now,
                null);
    }

    private static boolean isSame(Run failed, Run fresh, Wish wish) {
        return failed.state() == State.FAILED
                && failed.plugins().equals(fresh.plugins())
                && Objects.equals(failed.account(), fresh.account())
                && failed.since().equals(fresh.since())
                && (wish.until() == null || failed.until().equals(fresh.until()))
                && failed.dry() == fresh.dry();
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
        var run = of(channel).filter(goesOn -> goesOn.state() == State.RUNNING);
        if (run.isEmpty()) {
            return false;
        }
        work.audit(
                run.get(),
                actor,
                "renormalisation.stop",
                RenormalisationWork.told(run.get().counts()));
        return journal.renormalisations().stop(run.get(), inbox.means().clock().instant());
    }

    private static String told(Run run) {
        return "plugins=%s account=%s since=%s until=%s dry=%s"
                .formatted(
                        String.join(", ", run.plugins()),
                        run.account() == null ? "all" : run.account(),
                        run.since(),
                        run.until(),
                        run.dry());
    }

    @Override
    public void close() {
        work.close();
    }
}
