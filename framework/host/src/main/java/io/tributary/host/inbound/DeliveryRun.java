package io.tributary.host.inbound;

import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.UnitRefused;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One delivery on its way: translated once, decided and appended until it is committed.
///
/// Runs on virtual threads, one after another, and on none while the journal commits; so its fields
/// need no lock. What the journal answers is handled on the journal's thread as far as that is
/// short.
final class DeliveryRun {

    /// A unit that is stale this often meets something else than a race.
    private static final int MOST_TRIES = 8;

    private final Means means;
    private final Translation translation;
    private final Inbox.Signals signals;
    private final Counts counts;
    private final Arrived arrived;
    private final Settled settled;
    private final Set<String> awaited = new HashSet<>(0);
    private final List<Stored.Event> done = new ArrayList<>(1);
    private List<Translated> rest = List.of();
    private int tries;
    private boolean singly;

    DeliveryRun(
            Means means,
            Translation translation,
            Inbox.Signals signals,
            Counts counts,
            Arrived arrived,
            Settled settled) {
        this.means = means;
        this.translation = translation;
        this.signals = signals;
        this.counts = counts;
        this.arrived = arrived;
        this.settled = settled;
    }

    void begin() {
        try {
            rest = translation.of(arrived, this::stuck);
            decide();
        } catch (PluginFailure closing) {
            fail(NotStored.Why.UNAVAILABLE, "the plugin is being closed or hangs");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(NotStored.Why.UNAVAILABLE, "interrupted");
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    private void stuck() {
        fail(NotStored.Why.UNAVAILABLE, "the plugin hangs");
    }

    private void decide() {
        Plan plan = plan();
        if (plan.unit().items().isEmpty()) {
            committed(plan, List.of());
        } else {
            var _ =
                    means.journal()
                            .append(plan.unit())
                            .whenComplete((commit, failure) -> answered(plan, commit, failure));
        }
    }

    /// Decides until every event fits: one that does not becomes a dead letter, and all are decided
    /// anew without it.
    private Plan plan() {
        while (true) {
            try {
                List<Translated> now = singly ? rest.subList(0, 1) : rest;
                return new Decision(means, arrived, tries > 0, awaited)
                        .decide(now, now.size() == rest.size() ? arrived.state() : List.of());
            } catch (Decision.Spoiled spoiled) {
                var others = new ArrayList<>(rest);
                others.set(spoiled.event(), rest.get(spoiled.event()).unfit(spoiled.getCause()));
                rest = others;
            }
        }
    }

    /// On the journal's thread.
    private void answered(Plan plan, @Nullable Commit commit, @Nullable Throwable failure) {
        // what fails here fails on a thread of others, and nobody else would answer the provider
        guarded(
                () -> {
                    switch (commit) {
                        case Commit.Done written -> committed(plan, written.results());
                        case Commit.Stale stale -> stale(stale);
                        case null -> refused(plan, failure);
                    }
                },
                this::fail);
    }

    /// What the journal refuses for good would be repeated for ever: each event is tried alone
    /// then, and the one that is refused alone becomes a dead letter.
    private void refused(Plan plan, @Nullable Throwable failure) {
        if (!(failure instanceof UnitRefused)) {
            fail(failure == null ? new JournalUnavailable("no answer") : failure);
            return;
        }
        if (plan.taken() > 1) {
            singly = true;
        } else if (rest.isEmpty() || rest.getFirst().spoiled() != null) {
            fail(failure);
            return;
        } else {
            var others = new ArrayList<>(rest);
            others.set(0, rest.getFirst().unfit(failure));
            rest = others;
        }
        later("decide again", this::decide, this::fail);
    }

    private void committed(Plan plan, List<Commit.Result> results) {
        if (!onlyDuplicates(plan, results)) {
            plan.whereabouts().learn();
        }
        for (int i = 0; i < plan.taken(); i++) {
            int item = plan.itemOf().get(i);
            done.add(
                    new Stored.Event(
                            rest.get(i), plan.ids().get(i), item < 0 ? null : results.get(item)));
        }
        rest = rest.subList(plan.taken(), rest.size());
        if (!plan.again().isEmpty()) {
            free(Set.copyOf(plan.again()));
        }
        if (rest.isEmpty()) {
            finish();
        } else {
            later("next unit", this::decide, this::fail);
        }
    }

    /// What was begun for an event that proved to be a duplicate was not written.
    private static boolean onlyDuplicates(Plan plan, List<Commit.Result> results) {
        for (int item : plan.itemOf()) {
            if (item < 0 || !(results.get(item) instanceof Commit.Result.Duplicate)) {
                return false;
            }
        }
        return true;
    }

    /// Beside the delivery, which is durable: what cannot be freed now the sweep frees later.
    private void free(Set<String> externalIds) {
        later(
                "free parked",
                () -> new Freeing(means.journal()).free(arrived.account().id(), externalIds),
                _ -> counts.unfreed());
    }

    private void finish() {
        for (Stored.Event event : done) {
            counts.event(arrived.account().id(), event.fate());
            if (event.fate() == Outcome.Fate.GATHERED) {
                means.bell().ring();
            }
        }
        for (var signal : arrived.signals()) {
            // kept by nobody, so one that cannot be passed on is gone; the delivery is durable
            guarded(() -> signals.pass(arrived.account().id(), signal), _ -> {});
        }
        settled.stored(new Stored(done));
    }

    private void stale(Commit.Stale stale) {
        if (arrived.expects().contains(stale.failed())) {
            fail(NotStored.Why.LOST, "another member has the lease by now: leave");
            return;
        }
        if (stale.failed() instanceof Expect.StateVersion) {
            fail(NotStored.Why.CONFLICT, "state was changed by somebody else meanwhile");
            return;
        }
        if (stale.failed() instanceof Expect.NothingParked parked) {
            awaited.add(parked.externalId());
        }
        if (stale.failed() instanceof Expect.FirstTime) {
            singly = true;
        }
        tries++;
        if (tries >= MOST_TRIES) {
            fail(NotStored.Why.UNAVAILABLE, "too many others write about the same");
        } else {
            counts.again();
            later("decide again", this::decide, this::fail);
        }
    }

    private void later(String what, Runnable work, Consumer<Throwable> otherwise) {
        try {
            arrived.account()
                    .calls()
                    .start(arrived.account().id(), what, () -> guarded(work, otherwise));
        } catch (RuntimeException closing) {
            otherwise.accept(closing);
        }
    }

    private static void guarded(Runnable work, Consumer<Throwable> otherwise) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            otherwise.accept(failure);
        }
    }

    private void fail(Throwable failure) {
        fail(
                NotStored.Why.UNAVAILABLE,
                failure instanceof JournalUnavailable
                        ? "the journal takes nothing now"
                        : "the member failed: " + failure.getClass().getName());
    }

    private void fail(NotStored.Why why, String text) {
        translation.forget(arrived);
        settled.notStored(why, text);
    }
}
