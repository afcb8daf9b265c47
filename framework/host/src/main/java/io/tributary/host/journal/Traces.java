package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is kept of requests to providers, redacted before it comes here. Blocking, thread safe.
///
/// Beside the log: what is written here is in no batch, and may be lost.
public interface Traces {

    /// Adds some, and lets the oldest go where there are more than `most` then.
    void add(List<Trace> traces, long most);

    /// Those that match, newest first.
    ///
    /// @param before only those with a smaller id; `Long.MAX_VALUE` for the first page
    List<Trace> page(Query query, long before, int limit);

    /// Lets those go that are older.
    ///
    /// @return how many went
    int dropBefore(Instant before);

    /// One request.
    ///
    /// @param id 0: it has none yet
    /// @param at when it ended
    /// @param plugin id and version; null: the host made it itself
    /// @param purpose null: it was made for no single interaction
    /// @param detail JSON
    record Trace(
            long id,
            Instant at,
            AccountId account,
            @Nullable String plugin,
            @Nullable Purpose purpose,
            Request request,
            End end,
            String detail) {}

    /// What it was made for.
    ///
    /// @param call such as `send`
    /// @param send the send's key; null: it is none
    /// @param attempt of the send; 0: it is none
    record Purpose(InteractionId interaction, String call, @Nullable String send, int attempt) {}

    /// Where it went.
    record Request(String method, String host, String path) {}

    /// How it ended.
    ///
    /// @param status 0: no answer came
    record End(int status, String outcome, long micros) {}

    /// Which are wanted.
    ///
    /// @param accounts empty: all
    /// @param interaction null: whatever they were made for
    /// @param failed only those without an answer, or with one of 400 or more
    record Query(Set<AccountId> accounts, @Nullable InteractionId interaction, boolean failed) {

        public Query {
            accounts = Set.copyOf(accounts);
        }
    }
}
