package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Content.Receipt.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to be tried, in this order, where a message does not get far enough in time.
///
/// @param until how far a step has to get, where its channel reports that: ACCEPTED, DELIVERED or
///   READ
/// @param within which the message itself has to get there; counted from when it is queued
/// @param then at least one step
/// @param accounts on which steps that name none may go; empty: all
public record FallbackPlan(
        Status until, Duration within, List<Step> then, Set<AccountId> accounts) {

    /// More than this is no plan.
    public static final int MOST_STEPS = 5;

    /// So long a step may wait.
    public static final Duration LONGEST = Duration.ofDays(7);

    /// Refuses a plan without steps or with too many, and times and statuses that no plan has.
    public FallbackPlan {
        if (!Set.of(Status.ACCEPTED, Status.DELIVERED, Status.READ).contains(until)) {
            throw new IllegalArgumentException("no plan waits for " + until);
        }
        if (then.isEmpty() || then.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a plan has 1 to " + MOST_STEPS + " more steps");
        }
        check(within);
        then = List.copyOf(then);
        accounts = Set.copyOf(accounts);
    }

    /// Where the same is said next. What names neither channel nor account nor address goes to any
    /// address from which the customer has written.
    ///
    /// @param account needed where an address is named
    /// @param line our end; null: the usual one
    /// @param address one of the same customer; null: one from which they have written
    /// @param within which it has to get far enough
    public record Step(
            @Nullable ChannelId channel,
            @Nullable AccountId account,
            @Nullable String line,
            @Nullable String address,
            Duration within) {

        /// Refuses an address or a line of no account.
        public Step {
            if (account == null && (address != null || line != null)) {
                throw new IllegalArgumentException("an address is one on an account");
            }
            check(within);
        }
    }

    /// How far a step has to get on a channel that reports this: what nobody would tell of is not
    /// waited for, since each message would be late and be said twice.
    Status until(Set<Status> reported) {
        boolean told =
                reported.stream()
                        .anyMatch(each -> each != Status.FAILED && each.compareTo(until) >= 0);
        return told
                ? until
                : until == Status.READ && reported.contains(Status.DELIVERED)
                        ? Status.DELIVERED
                        : Status.ACCEPTED;
    }

    private static void check(Duration within) {
        if (!within.isPositive() || within.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a step has more than no time, and a week at most");
        }
    }

    /// The time limit of a step.
    ///
    /// @param number 1 is the message itself
    Duration within(int number) {
        return number == 1 ? within : then.get(number - 2).within();
    }

    /// How many steps there are, with the message itself.
    int steps() {
        return then.size() + 1;
    }
}
