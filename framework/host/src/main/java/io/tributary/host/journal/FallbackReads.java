package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads plans from their tables, the same in both databases.
final class FallbackReads implements FallbackPlans {

    private static final String PLANS =
            "select f.first, f.conversation, f.account, f.state, f.due_at, f.version,"
                    + " f.changed_at, f.body from fallback f ";
    private static final InteractionId BEGINNING = new InteractionId(new java.util.UUID(0, 0));

    private final ReadPool pool;

    FallbackReads(ReadPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<Plan> of(InteractionId step) {
        return pool.read(sql ->
                sql.first(
                        PLANS
                                + "join fallback_step s on s.first = f.first"
                                + " where s.interaction = ?",
                        FallbackReads::plan,
                        step));
    }

    @Override
    public List<InteractionId> steps(InteractionId first) {
        return pool.read(sql ->
                sql.list(
                        "select interaction from fallback_step where first = ? order by interaction",
                        Columns::interaction,
                        first));
    }

    @Override
    public List<Plan> due(Instant now, int limit) {
        return pool.read(sql ->
                sql.list(
                        PLANS + "where f.due_at <= ? order by f.due_at limit ?",
                        FallbackReads::plan,
                        now,
                        limit));
    }

    @Override
    public List<Plan> in(Collection<ConversationId> conversations) {
        if (conversations.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        String among = ConversationList.in(values, conversations);
        return pool.read(sql ->
                sql.list(
                        PLANS
                                + "where f.due_at is not null and f.first in"
                                + " (select first from fallback_step where conversation in "
                                + among
                                + ")",
                        FallbackReads::plan,
                        values.toArray()));
    }

    @Override
    public List<Plan> watched(@Nullable InteractionId after, int limit) {
        return pool.read(sql ->
                sql.list(
                        PLANS
                                + "where f.due_at is not null and f.first > ?"
                                + " order by f.first limit ?",
                        FallbackReads::plan,
                        after == null ? BEGINNING : after,
                        limit));
    }

    @Override
    public Optional<Instant> next() {
        return pool.read(sql ->
                sql.first(
                        "select due_at from fallback where due_at is not null"
                                + " order by due_at limit 1",
                        Columns::instant));
    }

    private static Plan plan(Columns columns) throws SQLException {
        return new Plan(
                columns.interaction(),
                columns.conversation(),
                columns.account(),
                columns.constant(State.class),
                columns.instantOrNull(),
                columns.number(),
                columns.instant(),
                columns.bytes());
    }
}
