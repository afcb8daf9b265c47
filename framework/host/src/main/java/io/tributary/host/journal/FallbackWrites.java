package io.tributary.host.journal;

import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Writes plans, and tests what they rest on.
final class FallbackWrites {

    private final Sql sql;

    FallbackWrites(Sql sql) {
        this.sql = sql;
    }

    void put(Change.PutFallback put) throws SQLException {
        FallbackPlans.Plan plan = put.plan();
        sql.update(
                "insert into fallback (first, conversation, account, state, due_at, version,"
                        + " changed_at, body) values (?,?,?,?,?,?,?,?)"
                        + " on conflict (first) do update set state = excluded.state,"
                        + " due_at = excluded.due_at, version = excluded.version,"
                        + " changed_at = excluded.changed_at, body = excluded.body",
                plan.first(),
                plan.conversation(),
                plan.account(),
                plan.state(),
                plan.dueAt(),
                plan.version(),
                plan.changedAt(),
                plan.body());
    }

    void add(Change.AddFallbackStep step) throws SQLException {
        sql.update(
                "insert into fallback_step (interaction, first, conversation) values (?,?,?)",
                step.interaction(),
                step.first(),
                step.conversation());
    }

    static boolean isVersion(Sql sql, InteractionId first, long version) throws SQLException {
        return sql.number(0, "select version from fallback where first = ?", first) == version;
    }

    /// A send's deliveries are kept under the number of its first part, or under 0.
    static boolean isNotReached(Sql sql, InteractionId interaction, Status status)
            throws SQLException {
        return sql.any(
                "select 1 where not exists (select 1 from outbox where interaction = ?)"
                        + " or exists (select 1 from outbox o where o.interaction = ?"
                        + " and not exists"
                        + " (select 1 from delivery d where d.interaction = o.interaction"
                        + " and (d.part = 0 or d.part = o.first_part) and d.status in ("
                        + enough(status)
                        + ")))",
                interaction,
                interaction);
    }

    /// The statuses that are as far as this one, for `in`.
    static String enough(Status status) {
        return Arrays.stream(Status.values())
                .filter(each -> each != Status.FAILED && each.compareTo(status) >= 0)
                .map(each -> "'" + each.name() + "'")
                .collect(Collectors.joining(","));
    }
}
