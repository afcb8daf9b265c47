package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what could not be processed. Blocking, thread safe.
public interface DeadLetters {

    Optional<DeadLetter> byId(long id);

    /// Newest first, with ids smaller than `before`.
    List<DeadLetter> page(Query query, long before, int limit);

    /// The ids, oldest first, greater than `after`.
    List<Long> oldest(Query query, long after, int limit);

    long count(Query query);

    long open();

    /// The greatest id there is; 0: there never was one.
    long newest();

    /// How many with greater ids there are, by account and direction.
    List<Appeared> after(long id);

    /// The code of sends that were not made within their time.
    String EXPIRED = "expired";

    /// What is asked for.
    ///
    /// @param accounts empty: all
    /// @param kind of event or content
    /// @param reason its code
    /// @param since when it came, at the earliest
    /// @param until before which it came
    /// @param open whether somebody still has to look after it
    /// @param expired whether also sends that were not made within their time
    record Query(
            Set<AccountId> accounts,
            @Nullable Direction direction,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Boolean open,
            boolean expired) {

        public static final Query ALL =
                new Query(Set.of(), null, null, null, null, null, null, true);

        public Query {
            accounts = Set.copyOf(accounts);
        }

        /// The same, only of these accounts; none: of all.
        public Query of(Set<AccountId> some) {
            return new Query(some, direction, kind, reason, since, until, open, expired);
        }

        /// The same, only what is open.
        public Query onlyOpen() {
            return new Query(accounts, direction, kind, reason, since, until, true, expired);
        }

        /// The same without sends that were not made within their time, unless this very reason is
        /// asked for.
        public Query withoutExpired() {
            return new Query(
                    accounts, direction, kind, reason, since, until, open, EXPIRED.equals(reason));
        }

        /// The same, only in this direction.
        public Query only(Direction one) {
            return new Query(accounts, one, kind, reason, since, until, open, expired);
        }
    }

    /// Dead letters of one account.
    ///
    /// @param newest the greatest id among them
    record Appeared(AccountId account, Direction direction, long count, long newest) {}

    /// What could not be processed, and what became of it.
    ///
    /// @param payload whole; for an inbound one the raw event with its notes, in a form of the
    ///   inbound room
    record DeadLetter(
            long id,
            Direction direction,
            AccountId account,
            String plugin,
            String kind,
            Reason reason,
            @Nullable InteractionId interaction,
            Bytes payload,
            Instant at,
            @Nullable Instant closedAt,
            boolean replayed) {}
}
