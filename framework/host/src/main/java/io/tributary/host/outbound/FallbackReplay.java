package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.FallbackPlans.Plan;
import io.tributary.host.journal.FallbackPlans.State;
import io.tributary.host.journal.Journal;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What sending a failed message of a plan again rests on: each other message of the plan says the
/// same, and none may have arrived or be under way. What is sent again belongs to the plan, so that
/// of several that failed one is sent again. Blocking.
final class FallbackReplay {

    private final Journal journal;
    private final @Nullable Plan plan;
    private final List<Other> others;

    private FallbackReplay(Journal journal, @Nullable Plan plan, List<Other> others) {
        this.journal = journal;
        this.plan = plan;
        this.others = others;
    }

    /// @param again whether it was sent again and is no step that the plan took by itself
    private record Other(InteractionId id, Status until, boolean again) {}

    static FallbackReplay of(Interaction failed, Journal journal) {
        var plan = journal.fallbacks().of(failed.id());
        if (plan.isEmpty()) {
            return new FallbackReplay(journal, null, List.of());
        }
        var course = FallbackJson.read(plan.get().body());
        var others = new ArrayList<Other>();
        for (var step : journal.fallbacks().steps(plan.get().first())) {
            var tried =
                    course.tried().stream()
                            .filter(each -> step.equals(each.interaction()))
                            .findFirst();
            if (tried.isPresent()) {
                others.add(new Other(step, tried.get().until(), false));
            } else if (!isRestOf(failed, step, journal)) {
                others.add(new Other(step, course.plan().until(), true));
            }
        }
        others.removeIf(each -> each.id().equals(failed.id()));
        return new FallbackReplay(journal, plan.get(), List.copyOf(others));
    }

    /// Whether what was sent again is another part of the same message: it went to the same end.
    private static boolean isRestOf(Interaction failed, InteractionId again, Journal journal) {
        return journal.log()
                .byId(again)
                .map(Bodies::of)
                .filter(said -> said.account().equals(failed.account()))
                .filter(said -> said.address().equals(failed.address()))
                .isPresent();
    }

    /// Whether another of its messages has got far enough.
    boolean hasArrived() {
        return others.stream()
                .anyMatch(each -> Reach.of(journal, each.id(), each.until()).reached());
    }

    /// Whether the plan goes on by itself, or another of its messages is still to be sent. What the
    /// plan itself sent and gave up waiting for counts as it did for the plan: it did not arrive.
    boolean isUnderWay() {
        return (plan != null && plan.state() == State.RUNNING)
                || others.stream().anyMatch(this::isUnderWay);
    }

    private boolean isUnderWay(Other other) {
        var reach = Reach.of(journal, other.id(), other.until());
        return !reach.waiting().isEmpty()
                || (other.again() && (reach.taken() || reach.failure() == null));
    }

    /// That it is still so.
    List<Expect> expects() {
        var expects = new ArrayList<Expect>();
        if (plan != null) {
            expects.add(new Expect.FallbackIs(plan.first(), plan.version()));
        }
        others.forEach(each -> expects.add(new Expect.NotReached(each.id(), each.until())));
        return expects;
    }

    /// That this is one of the plan's messages, too.
    List<Change> changes(Interaction again, Instant now) {
        return plan == null
                ? List.of()
                : List.of(
                        new Change.PutFallback(
                                new Plan(
                                        plan.first(),
                                        plan.conversation(),
                                        plan.account(),
                                        plan.state(),
                                        plan.dueAt(),
                                        plan.version() + 1,
                                        now,
                                        plan.body())),
                        Fallbacks.step(again, plan.first()));
    }
}
