package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.inbound.RenormalisationRun.Step;
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
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on runs that have not ended, this member's and others': those whose plugins it has, and
/// that nobody else holds. Thread safe.
final class RenormalisationWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RenormalisationWork.class);

    private static final Duration LEASE = Duration.ofSeconds(30);

    /// The lease is renewed, and it is kept how far a run has come, after this much.
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    /// How long a run waits for an account that is down, or for the plugins that it began with.
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Journal journal;
    private final Inbox inbox;
    private final OpenAccounts accounts;
    private final long member;
    private final Renormalising.Pace pace;
    private final ConcurrentHashMap<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;

    private record Waiting(long position, Instant since) {}

    RenormalisationWork(OpenAccounts accounts, Inbox inbox, long member, Renormalising.Pace pace) {
        this.inbox = inbox;
        this.journal = inbox.means().journal();
        this.accounts = accounts;
        this.member = member;
        this.pace = pace;
        this.watch = Thread.ofVirtual().name("renormalisation").unstarted(this::watch);
    }

    void start() {
        watch.start();
    }

    /// Those that translate what the channel, or one account, received.
    Set<String> plugins(ChannelId channel, @Nullable AccountId of) {
        return accounts.all().stream()
                .filter(account -> of == null || account.id().equals(of))
                .filter(account -> account.speaks().contains(channel))
                .map(account -> account.plugin().toString())
                .collect(Collectors.toSet());
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
            var running =
                    journal.renormalisations().all().stream()
                            .filter(run -> run.state() == State.RUNNING)
                            .toList();
            waiting.keySet().retainAll(running.stream().map(Run::id).toList());
            running.forEach(this::begin);
        } catch (RuntimeException | Error failure) {
            LOG.debug("runs cannot be looked for: {}", failure.toString());
        }
    }

    /// Works on it here, unless somebody does.
    void begin(Run run) {
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
                        } catch (RuntimeException broken) {
                            // left alone it would be begun again and again
                            fail(run, Late.cause(broken).getClass().getName());
                        } catch (Error broken) {
                            fail(run, broken.getClass().getName());
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        } finally {
                            working.remove(run.id());
                        }
                    });
        }
    }

    private void goOn(Run begun) throws InterruptedException {
        if (Collections.disjoint(plugins(begun.channel(), begun.account()), begun.plugins())) {
            await(begun, "no account here is served by " + String.join(", ", begun.plugins()));
            return;
        }
        if (!held(begun)) {
            return;
        }
        var holding = new Hold();
        var steps = new RenormalisationRun(journal, new SecondReading(accounts, inbox), holding);
        Run run = kept(begun);
        while (run.position() < run.last() && closed.getCount() > 0) {
            switch (steps.further(run)) {
                case Step.Further(var further) -> {
                    run = further;
                    if (!holding.keep(run)) {
                        return;
                    }
                }
                case Step.Waits(var reached, var why) -> {
                    if (holding.keep(reached)) {
                        await(reached, why);
                    }
                    return;
                }
                case Step.Fails(var reached, var why) -> {
                    end(reached, State.FAILED, why);
                    return;
                }
                case Step.Lost _ -> {
                    return;
                }
            }
        }
        if (closed.getCount() > 0) {
            end(run, State.ENDED, "");
        }
    }

    /// The lease of one run while it is worked on here.
    private final class Hold implements RenormalisationRun.Holding {

        private Instant renewed = inbox.means().clock().instant();

        @Override
        public void pause() throws InterruptedException {
            if (closed.await(pace.pause().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedException("the member stops");
            }
        }

        @Override
        public boolean reached(Run run) {
            return inbox.means().clock().instant().isBefore(renewed.plus(RENEWAL)) || keep(run);
        }

        boolean keep(Run run) {
            renewed = inbox.means().clock().instant();
            return held(run) && journal.renormalisations().keep(run, member);
        }
    }

    /// As it was kept by whoever held it last.
    private Run kept(Run begun) {
        return journal.renormalisations()
                .of(begun.channel())
                .filter(now -> now.id().equals(begun.id()))
                .orElse(begun);
    }

    /// It is looked at again with the next poll, and fails when it has got no further for long.
    private void await(Run run, String why) {
        Instant now = inbox.means().clock().instant();
        var since =
                waiting.compute(
                                run.id(),
                                (_, was) ->
                                        was != null && was.position() == run.position()
                                                ? was
                                                : new Waiting(run.position(), now))
                        .since();
        if (!now.isBefore(since.plus(PATIENCE))) {
            fail(run, why);
        }
    }

    private void fail(Run run, String why) {
        try {
            if (held(run)) {
                end(kept(run), State.FAILED, why);
            }
        } catch (JournalUnavailable unavailable) {
            LOG.warn("channel={} a run waits: {}", run.channel(), unavailable.getMessage());
        }
    }

    private boolean held(Run run) {
        return journal.renormalisations().take(run, member, inbox.means().clock().instant(), LEASE);
    }

    private void end(Run run, State how, String why) {
        waiting.remove(run.id());
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

    static String told(Counts counts) {
        return "looked=%d unchanged=%d corrected=%d passed=%d failed=%d"
                .formatted(
                        counts.looked(),
                        counts.unchanged(),
                        counts.corrected(),
                        counts.passed(),
                        counts.failed());
    }

    void audit(Run run, String actor, String action, String detail) {
        var at = inbox.means().clock().instant();
        var _ =
                Late.committed(
                        journal,
                        Unit.of(
                                new Change.AddAudit(
                                        actor, action, run.channel().value(), detail, at)));
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
