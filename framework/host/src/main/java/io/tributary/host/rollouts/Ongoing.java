package io.tributary.host.rollouts;

import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A version that serves while the one before it stands by. Looks are confined to one thread; all
/// else is thread safe.
final class Ongoing {

    /// Looks in a row at which an account must be unwell: one that was just opened may need a
    /// moment.
    private static final int UNWELL = 4;

    /// How many looks tell how it does right now.
    private static final int LATELY = 10;

    private final LoadedPlugin before;
    private final Course course;
    private final Tally began;
    private final Comparison comparison;
    private final Set<AccountId> well;
    private final Map<AccountId, Integer> unwell = new HashMap<>();
    private volatile Rollout rollout;
    private volatile @Nullable String returning;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile @Nullable Instant aloneUntil;

    /// @param before how the version before did, and what stands by
    /// @param well the accounts that served before
    Ongoing(Rollout rollout, Course before, LoadedPlugin now, Set<AccountId> well) {
        this.rollout = rollout;
        this.before = before.plugin();
        this.course = new Course(now);
        this.began = Tally.of(now);
        this.comparison = new Comparison(before.whole());
        this.well = Set.copyOf(well);
    }

    Rollout rollout() {
        return rollout;
    }

    void rollout(Rollout next) {
        rollout = next;
    }

    /// One account has it to itself until then; the others follow.
    void alone(AccountId canary, Instant until, Duration watch) {
        aloneUntil = until;
        rollout = rollout.watching(until.plus(watch), canary);
    }

    /// Whether only one account has it so far.
    boolean alone() {
        return rollout.canary() != null;
    }

    /// Whether it is time for the others.
    boolean spreads(Instant now) {
        var until = aloneUntil;
        return alone() && until != null && !now.isBefore(until);
    }

    /// It is being taken back, or about to be: whatever comes between, it is not to be settled.
    void returns(String why) {
        returning = why;
    }

    Optional<String> returning() {
        return Optional.ofNullable(returning);
    }

    /// @return false: somebody ends it already
    boolean beginEnding() {
        return ending.compareAndSet(false, true);
    }

    /// Whoever was ending it is done, well or not.
    void endedOrFailed() {
        ending.set(false);
    }

    /// The accounts that served before.
    Set<AccountId> well() {
        return well;
    }

    LoadedPlugin before() {
        return before;
    }

    LoadedPlugin now() {
        return course.plugin();
    }

    /// Looks once.
    ///
    /// @return what speaks against the new version
    Optional<String> look(Hosted hosted) {
        course.look();
        var quarantined = now().quarantine().why();
        if (quarantined.isPresent()) {
            return quarantined;
        }
        var objection = comparison.objection(Tally.of(now()).since(began), course.last(LATELY));
        return objection.isPresent() ? objection : unwell(hosted);
    }

    private Optional<String> unwell(Hosted hosted) {
        var canary = rollout.canary();
        // what happens to the others meanwhile is not its doing
        for (var account : canary == null ? well : Set.of(canary)) {
            @Nullable String why = hosted.unwell(account).orElse(null);
            if (why == null) {
                unwell.remove(account);
            } else if (unwell.merge(account, 1, Integer::sum) >= UNWELL) {
                return Optional.of("account " + account + " does not serve any more: " + why);
            }
        }
        return Optional.empty();
    }
}
