package io.tributary.host.outbound;

import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What makes a send of a plan needless: the messages that it stands for, once one of them has
/// arrived, and one that was begun in its own place. Of a message that the provider has something
/// of the rest follows as long as nothing was begun in its place.
///
/// @param of the messages; none: the send is wanted in any case
/// @param isFollowed whether another was begun in its place
/// @param plan that it is still as it was read
record Instead(List<Tried> of, boolean isFollowed, List<Expect> plan) {

    /// Why a send was taken back.
    static final Reason ARRIVED =
            Reason.of("not-needed", "what it was to be sent instead of has arrived");

    /// Why a send was taken back, too.
    static final Reason TOO_LATE =
            Reason.of("too-late", "it was not sent in time, and another was sent instead");

    private static final Instead OF_NOTHING = new Instead(List.of(), false, List.of());

    /// Blocking.
    static Instead of(Carriage carriage, Journal journal) {
        var mark = FallbackMark.of(carriage.interaction());
        if (mark.isEmpty()) {
            return OF_NOTHING;
        }
        var id = carriage.interaction().id();
        return journal.fallbacks()
                .of(id)
                .map(plan -> {
                    var course = FallbackJson.read(plan.body());
                    var before = course.before(id);
                    boolean taken =
                            !before.isEmpty() && Reach.of(journal, id, mark.get().until()).taken();
                    return new Instead(
                            taken ? List.of() : before,
                            course.isFollowed(id),
                            List.of(new Expect.FallbackIs(plan.first(), plan.version())));
                })
                .orElse(OF_NOTHING);
    }

    /// Why the send is not wanted any more; null: it is. Blocking.
    @Nullable Reason against(Journal journal) {
        if (isFollowed) {
            return TOO_LATE;
        }
        boolean arrived =
                of.stream().anyMatch(each -> Reach.of(journal, id(each), each.until()).reached());
        return arrived ? ARRIVED : null;
    }

    /// That it is still so when the send begins.
    List<Expect> expects() {
        var expects = new ArrayList<>(plan);
        of.forEach(each -> expects.add(new Expect.NotReached(id(each), each.until())));
        return expects;
    }

    /// Whether the plan, and not the provider, is why a send was not made.
    static boolean isTakenBack(@Nullable Reason reason) {
        return ARRIVED.equals(reason) || TOO_LATE.equals(reason);
    }

    private static InteractionId id(Tried step) {
        return Objects.requireNonNull(step.interaction());
    }
}
