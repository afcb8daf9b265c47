package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.InteractionId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Traces in their table, the same in both databases.
final class TraceRows implements Traces {

    private static final String COLUMNS =
            "at, account, plugin, interaction, purpose, send_key, attempt, method, host, path,"
                    + " status, outcome, micros, detail";

    private static final int COUNT = 14;

    private final ReadPool pool;
    private final FoldRows.Writing writing;

    TraceRows(ReadPool pool, FoldRows.Writing writing) {
        this.pool = pool;
        this.writing = writing;
    }

    /// Ids ascend, so that the oldest are at the front; where several members write, numbers that
    /// were given and not used let some more go.
    @Override
    public void add(List<Trace> traces, long most) {
        writing.run(sql -> {
            sql.run("begin");
            var rows =
                    new BulkInsert<Trace>(
                            sql,
                            "insert into trace (" + COLUMNS + ")",
                            COUNT,
                            (statement, before, trace) -> bind(sql, statement, before, trace));
            int added = rows.insert(traces);
            sql.update("delete from trace where id <= (select max(id) from trace) - ?", most);
            sql.run("commit");
            return added;
        });
    }

    private static void bind(Sql sql, PreparedStatement statement, int before, Trace trace)
            throws SQLException {
        Purpose purpose = trace.purpose();
        @Nullable Object[] values = {
            trace.at(),
            trace.account(),
            trace.plugin(),
            purpose == null ? null : purpose.interaction(),
            purpose == null ? null : purpose.call(),
            purpose == null ? null : purpose.send(),
            purpose == null ? 0 : purpose.attempt(),
            trace.request().method(),
            trace.request().host(),
            trace.request().path(),
            trace.end().status(),
            trace.end().outcome(),
            trace.end().micros(),
            trace.detail()
        };
        for (int i = 0; i < COUNT; i++) {
            sql.bind(statement, before + i + 1, values[i]);
        }
    }

    @Override
    public List<Trace> page(Query query, long before, int limit) {
        var values = new ArrayList<@Nullable Object>();
        var text = new StringBuilder("select id, " + COLUMNS + " from trace where id < ?");
        values.add(before);
        InteractionId interaction = query.interaction();
        if (interaction != null) {
            text.append(" and interaction = ?");
            values.add(interaction);
        }
        if (!query.accounts().isEmpty()) {
            text.append(" and account in ").append(Sql.placeholders(query.accounts().size()));
            query.accounts().stream().sorted(TraceRows::byName).forEach(values::add);
        }
        if (query.failed()) {
            text.append(" and (status >= 400 or outcome <> 'answered')");
        }
        text.append(" order by id desc limit ?");
        values.add(limit);
        return pool.read(sql -> sql.list(text.toString(), TraceRows::read, values.toArray()));
    }

    private static int byName(AccountId one, AccountId other) {
        return one.value().compareTo(other.value());
    }

    @Override
    public int dropBefore(Instant before) {
        int dropped = 0;
        int step;
        do {
            step = writing.run(sql -> Retention.dropTraces(sql, before));
            dropped += step;
        } while (step == Retention.STEP);
        return dropped;
    }

    private static Trace read(Columns columns) throws SQLException {
        long id = columns.number();
        Instant at = columns.instant();
        AccountId account = columns.account();
        String plugin = columns.textOrNull();
        InteractionId interaction = columns.interactionOrNull();
        String call = columns.textOrNull();
        String send = columns.textOrNull();
        int attempt = columns.smallNumber();
        return new Trace(
                id,
                at,
                account,
                plugin,
                interaction == null || call == null
                        ? null
                        : new Purpose(interaction, call, send, attempt),
                new Request(columns.text(), columns.text(), columns.text()),
                new End(columns.smallNumber(), columns.text(), columns.number()),
                columns.text());
    }
}
