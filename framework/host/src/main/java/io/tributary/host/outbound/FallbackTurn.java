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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One look at one plan, and what is to be committed after it. What is decided rests on the plan's
/// version, so that of all who look one acts, and on the earlier steps not having arrived. For one
/// thread.
final class FallbackTurn {

    /// So long it is told when a step arrives late, after the plan has ended.
    private static final Duration WATCHED = Duration.ofDays(3);

    private static final Reason TOO_LATE =
            Reason.of("too-late", "it was not sent in time, and another was sent instead");
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
    private State state;
    private @Nullable Instant dueAt;
    private @Nullable Instant endedAt;

    FallbackTurn(Means means, Plan plan) {
        this.means = means;
        this.plan = plan;
        this.course = FallbackJson.read(plan.body());
        this.now = means.clock().instant();
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
        if (state == State.RUNNING) {
            goOn();
        }
        if (state != State.RUNNING) {
            dueAt = watchedUntil();
        }
        boolean same =
                tried.equals(course.tried())
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
                tried.set(index, tried.get(index).twice());
                changes.addAll(means.notices().doubled(course.said(), tried.get(index)));
            }
        } else if (reach.failure() != null) {
            boolean cancelled = Instead.ARRIVED.code().equals(reach.failure().code());
            tried.set(
                    index,
                    step.became(cancelled ? Outcome.CANCELLED : Outcome.FAILED, reach.failure()));
        }
    }

    private Reach reach(Tried step) {
        return Reach.of(means.journal().outbox(), id(step), course.plan().until());
    }

    private static InteractionId id(Tried step) {
        return Objects.requireNonNull(step.interaction());
    }

    /// Whether nothing that was begun after a step has gone out, or will.
    private boolean takenBackAfter(int index) {
        boolean all = true;
        for (int later = index + 1; later < tried.size(); later++) {
            var step = tried.get(later);
            if (step.outcome() == Outcome.REACHED) {
                all = false;
            } else if (step.isOpen()) {
                var reach = reach(step);
                if (reach.begun()) {
                    all = false;
                } else if (reach.failure() == null) {
                    takeBack(step, reach.waiting(), Instead.ARRIVED);
                    tried.set(later, step.became(Outcome.CANCELLED, Instead.ARRIVED));
                }
            }
        }
        return all;
    }

    private void takeBack(Tried step, List<Outbox.Send> sends, Reason reason) {
        var row = means.journal().log().byId(id(step));
        for (var send : sends) {
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

    private void goOn() throws InterruptedException {
        var reached = tried.stream().filter(step -> step.outcome() == Outcome.REACHED).findFirst();
        if (reached.isPresent()) {
            end(State.REACHED);
            if (reached.get().step() > 1 || tried.size() > 1) {
                changes.addAll(means.notices().reached(course.said(), reached.get()));
            }
            return;
        }
        int last = tried.size() - 1;
        if (tried.get(last).isOpen()) {
            if (dueAt != null && dueAt.isAfter(now)) {
                return;
            }
            leave(last);
        }
        expects.addAll(earlier().stream().map(this::notReached).toList());
        changes.addAll(means.notices().passed(course.said(), tried.get(last)));
        begin(means.steps().next(course.with(tried, null)));
    }

    private Expect notReached(InteractionId step) {
        return new Expect.NotReached(step, course.plan().until());
    }

    /// It took too long: what was not handed over is taken back, so that it does not follow.
    private void leave(int last) {
        var step = tried.get(last);
        var reach = reach(step);
        takeBack(step, reach.waiting(), TOO_LATE);
        tried.set(
                last,
                reach.begun()
                        ? step.became(Outcome.LEFT, NOT_IN_TIME)
                        : step.became(Outcome.CANCELLED, TOO_LATE));
    }

    /// Those that may arrive yet.
    private List<InteractionId> earlier() {
        return tried.stream().filter(Tried::mayArrive).map(FallbackTurn::id).toList();
    }

    private void begin(FallbackSteps.Found found) {
        for (var skipped : found.skipped()) {
            tried.add(skipped);
            changes.addAll(means.notices().passed(course.said(), skipped));
        }
        if (found.decision() == null) {
            end(State.EXHAUSTED);
            changes.addAll(means.notices().exhausted(course.said()));
            return;
        }
        var instead = earlier();
        var mark = new FallbackMark(plan.first(), found.step(), course.plan().until(), instead);
        var decision = mark.on(found.decision());
        items.addAll(decision.unit().items());
        var begun = Tried.begun(found.step(), decision.interaction());
        tried.add(begun);
        changes.add(Fallbacks.step(decision.interaction(), plan.first()));
        changes.addAll(
                means.notices().begun(course.said(), begun, tried.stream().anyMatch(this::isLeft)));
        dueAt = now.plus(course.plan().within(found.step()));
    }

    private boolean isLeft(Tried step) {
        return step.outcome() == Outcome.LEFT;
    }

    private void end(State with) {
        state = with;
        endedAt = now;
    }

    /// Where something may arrive yet that would be one too many, or against expectation.
    private @Nullable Instant watchedUntil() {
        boolean several = tried.stream().filter(step -> step.interaction() != null).count() > 1;
        boolean open = tried.stream().anyMatch(Tried::mayArrive);
        var until = endedAt == null ? now : endedAt.plus(WATCHED);
        return open && several && until.isAfter(now) ? until : null;
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
