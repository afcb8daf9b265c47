package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One look at one plan, and what is to be committed after it. What is decided rests on the plan's
/// version, so that of all who look one acts, and on the earlier steps not having arrived. For one
/// thread.
final class FallbackTurn {

    /// So long it is told when a step arrives late, after the plan has ended.
    private static final Duration WATCHED = Duration.ofDays(3);

    private static final Reason NOT_IN_TIME =
            Reason.of("not-in-time", "it did not get far enough in time");

    private final Means means;
    private final Plan plan;
    private final FallbackCourse course;
    private final Instant now;
    private final List<Tried> tried;
    private final List<Expect> expects = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<InteractionId, Reach> reaches = new HashMap<>();
    private final Set<Long> takenBack = new HashSet<>();
    private State state;
    private @Nullable Instant dueAt;
    private @Nullable Instant endedAt;

    FallbackTurn(Means means, Plan plan) {
        this.means = means;
        this.plan = plan;
        this.course = FallbackJson.read(plan.body());
        // as the journal keeps it: a time that is read again is to be equal to the one written
        this.now = means.clock().instant().truncatedTo(ChronoUnit.MICROS);
        this.tried = new ArrayList<>(course.tried());
        this.state = plan.state();
        this.dueAt = plan.dueAt();
        this.endedAt = course.endedAt();
    }

    /// What every turn needs.
    record Means(
            Journal journal,
            FallbackSteps steps,
            FallbackNotices notices,
            Receipts receipts,
            InstantSource clock) {}

    /// @return empty: there is nothing to do now
    Optional<Unit> decided() throws InterruptedException {
        for (int i = 0; i < tried.size(); i++) {
            if (tried.get(i).mayArrive()) {
                look(i);
            }
        }
        if (state != State.REACHED) {
            reached().ifPresent(this::endWith);
        }
        if (state == State.RUNNING) {
            goOn();
        }
        if (state != State.RUNNING) {
            dueAt = watchedUntil();
        }
        boolean same =
                changes.isEmpty()
                        && tried.equals(course.tried())
                        && state == plan.state()
                        && Objects.equals(dueAt, plan.dueAt());
        return same ? Optional.empty() : Optional.of(unit());
    }

    /// What is known of a step by now.
    private void look(int index) {
        var step = tried.get(index);
        var reach = reach(step);
        if (reach.reached()) {
            tried.set(index, step.became(Outcome.REACHED, null));
            if (!takenBackAfter(index)) {
                doubled(index);
            }
            return;
        }
        tried.set(index, judged(step, reach));
        if (reach.some() && isTakenAfter(index)) {
            doubled(index);
        }
        if (course.isFollowed(id(step))) {
            takeBackRest(index);
        }
    }

    /// What failed in part counts as left: the rest of it is with the customer.
    private static Tried judged(Tried step, Reach reach) {
        if (reach.takenBack() != null) {
            return step.became(Outcome.CANCELLED, reach.takenBack());
        }
        return reach.failure() == null
                ? step
                : step.became(reach.taken() ? Outcome.LEFT : Outcome.FAILED, reach.failure());
    }

    private void doubled(int index) {
        var step = tried.get(index);
        if (!step.doubled()) {
            tried.set(index, step.twice());
            changes.addAll(means.notices().doubled(course.said(), tried.get(index)));
        }
    }

    /// Read once in a turn, so that all that is decided rests on the same.
    private Reach reach(Tried step) {
        return reaches.computeIfAbsent(
                id(step), each -> Reach.of(means.journal(), each, step.until()));
    }

    private static InteractionId id(Tried step) {
        return Objects.requireNonNull(step.interaction());
    }

    /// Whether something that was begun after a step has gone out.
    private boolean isTakenAfter(int index) {
        return tried.stream()
                .skip(index + 1L)
                .anyMatch(step ->
                        step.outcome() == Outcome.REACHED
                                || (step.isOpen() && reach(step).taken()));
    }

    /// Whether nothing that was begun after a step has gone out, or will.
    private boolean takenBackAfter(int index) {
        for (int later = index + 1; later < tried.size(); later++) {
            var step = tried.get(later);
            if (step.isOpen() && !reach(step).taken() && reach(step).failure() == null) {
                takeBack(step, Instead.ARRIVED);
                tried.set(later, step.became(Outcome.CANCELLED, Instead.ARRIVED));
            }
        }
        return !isTakenAfter(index);
    }

    /// Since another is begun in its place.
    private void takeBackRest(int index) {
        var step = tried.get(index);
        if (!step.mayArrive() || reach(step).waiting().isEmpty()) {
            return;
        }
        takeBack(step, Instead.TOO_LATE);
        if (step.isOpen() && !reach(step).taken()) {
            tried.set(index, step.became(Outcome.CANCELLED, Instead.TOO_LATE));
        }
    }

    private void takeBack(Tried step, Reason reason) {
        var row = means.journal().log().byId(id(step));
        for (var send : reach(step).waiting()) {
            if (!takenBack.add(send.id())) {
                continue;
            }
            var moves = Moves.to(send, Outbox.State.REJECTED, send.epoch(), null, reason);
            expects.add(moves.expect());
            changes.add(moves.change());
            var stored = means.journal().conversations().byId(send.conversation());
            if (row.isPresent() && stored.isPresent()) {
                var interaction = Bodies.of(row.get());
                changes.addAll(
                        means.receipts()
                                .of(
                                        interaction,
                                        stored.get(),
                                        Carriage.part(send, interaction),
                                        Content.failed(reason),
                                        null));
            }
        }
    }

    private Optional<Tried> reached() {
        return tried.stream().filter(step -> step.outcome() == Outcome.REACHED).findFirst();
    }

    /// Also where nothing was left to try: what arrives after that has arrived.
    private void endWith(Tried reached) {
        if (state == State.EXHAUSTED || reached.step() > 1 || tried.size() > 1) {
            changes.addAll(means.notices().reached(course.said(), reached));
        }
        end(State.REACHED);
    }

    private void goOn() throws InterruptedException {
        int last = tried.size() - 1;
        if (tried.get(last).outcome() == Outcome.WAITING) {
            if (dueAt != null && dueAt.isAfter(now)) {
                return;
            }
            tried.set(last, tried.get(last).became(Outcome.LEFT, NOT_IN_TIME));
        }
        var sofar = course.with(tried, null);
        var found = means.steps().next(sofar, sofar.draft());
        if (found.decision() != null) {
            for (int i = 0; i < tried.size(); i++) {
                takeBackRest(i);
            }
        }
        for (var step : earlier()) {
            expects.add(new Expect.NotReached(id(step), step.until()));
        }
        changes.addAll(means.notices().passed(course.said(), tried.get(last)));
        begin(found);
    }

    /// Those that may arrive yet.
    private List<Tried> earlier() {
        return tried.stream().filter(Tried::mayArrive).toList();
    }

    private void begin(FallbackSteps.Found found) {
        boolean mayDouble = tried.stream().anyMatch(step -> step.outcome() == Outcome.LEFT);
        var instead = earlier();
        for (var skipped : found.skipped()) {
            tried.add(skipped);
            changes.addAll(means.notices().passed(course.said(), skipped));
        }
        if (found.decision() == null) {
            end(State.EXHAUSTED);
            changes.addAll(means.notices().exhausted(course.said()));
            return;
        }
        var until = FallbackSteps.until(course.plan(), found.decision());
        var mark = FallbackMark.of(plan.first(), found, until, instead);
        var decision = mark.on(found.decision());
        items.addAll(decision.unit().items());
        var begun = Tried.begun(found.step(), decision.interaction(), until);
        tried.add(begun);
        changes.add(Fallbacks.step(decision.interaction(), plan.first()));
        changes.addAll(means.notices().begun(course.said(), begun, mayDouble));
        dueAt = now.plus(course.plan().within(found.step()));
    }

    private void end(State with) {
        state = with;
        endedAt = endedAt == null ? now : endedAt;
    }

    /// Where something may arrive yet that would be one too many, or against expectation.
    private @Nullable Instant watchedUntil() {
        boolean open = tried.stream().anyMatch(Tried::mayArrive);
        var until = endedAt == null ? now : endedAt.plus(WATCHED);
        return open && until.isAfter(now) ? until : null;
    }

    private Unit unit() {
        expects.add(new Expect.FallbackIs(plan.first(), plan.version()));
        var next = course.with(tried, endedAt);
        changes.add(
                new Change.PutFallback(
                        new Plan(
                                plan.first(),
                                plan.conversation(),
                                plan.account(),
                                state,
                                dueAt,
                                plan.version() + 1,
                                now,
                                FallbackJson.write(next))));
        items.add(new Item(null, expects, changes));
        return new Unit(items);
    }
}
