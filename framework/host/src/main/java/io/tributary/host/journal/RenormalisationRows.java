package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Runs in their table, the same in both databases.
final class RenormalisationRows implements Renormalisations {

    private static final String RUNS =
            "select channel, run, plugins, account, since, until, dry, actor, state, reason, position,"
                    + " ends_at, looked, unchanged, corrected, passed, failed, began_at, ended_at"
                    + " from renormalisation ";

    /// In no name or version of a plugin.
    private static final String SEPARATOR = "\n";

    private final ReadPool pool;
    private final FoldRows.Writing writing;

    RenormalisationRows(ReadPool pool, FoldRows.Writing writing) {
        this.pool = pool;
        this.writing = writing;
    }

    @Override
    public List<Run> all() {
        return pool.read(sql -> sql.list(RUNS + "order by channel", RenormalisationRows::run));
    }

    @Override
    public Optional<Run> of(ChannelId channel) {
        return pool.read(
                sql -> sql.first(RUNS + "where channel = ?", RenormalisationRows::run, channel));
    }

    @Override
    public boolean begin(Run run) {
        return written(
                "insert into renormalisation (channel, run, plugins, account, since, until, dry,"
                        + " actor, state, reason, position, ends_at, looked, unchanged, corrected,"
                        + " passed, failed, began_at, ended_at, holder, held_until)"
                        + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,null,0,0)"
                        + " on conflict (channel) do update set run = excluded.run,"
                        + " plugins = excluded.plugins,"
                        + " account = excluded.account, since = excluded.since,"
                        + " until = excluded.until, dry = excluded.dry, actor = excluded.actor,"
                        + " state = excluded.state, reason = excluded.reason,"
                        + " position = excluded.position, ends_at = excluded.ends_at,"
                        + " looked = excluded.looked, unchanged = excluded.unchanged,"
                        + " corrected = excluded.corrected, passed = excluded.passed,"
                        + " failed = excluded.failed,"
                        + " began_at = excluded.began_at, ended_at = null, holder = 0,"
                        + " held_until = 0 where renormalisation.state <> 'RUNNING'",
                run.channel(),
                run.id(),
                String.join(SEPARATOR, new TreeSet<>(run.plugins())),
                run.account(),
                run.since(),
                run.until(),
                run.dry(),
                run.actor(),
                run.state(),
                run.reason(),
                run.position(),
                run.last(),
                run.counts().looked(),
                run.counts().unchanged(),
                run.counts().corrected(),
                run.counts().passed(),
                run.counts().failed(),
                run.beganAt());
    }

    @Override
    public boolean take(Run run, long holder, Instant now, Duration lasts) {
        return written(
                "update renormalisation set holder = ?, held_until = ? where channel = ?"
                        + " and run = ? and state = 'RUNNING' and (holder = ? or held_until <= ?)",
                holder,
                now.plus(lasts),
                run.channel(),
                run.id(),
                holder,
                now);
    }

    @Override
    public boolean keep(Run run, long holder) {
        Counts counts = run.counts();
        return written(
                "update renormalisation set state = ?, reason = ?, position = ?, looked = ?,"
                        + " unchanged = ?, corrected = ?, passed = ?, failed = ?, ended_at = ?"
                        + " where channel = ? and run = ? and state = 'RUNNING' and holder = ?",
                run.state(),
                run.reason(),
                run.position(),
                counts.looked(),
                counts.unchanged(),
                counts.corrected(),
                counts.passed(),
                counts.failed(),
                run.endedAt(),
                run.channel(),
                run.id(),
                holder);
    }

    @Override
    public boolean stop(Run run, Instant at) {
        return written(
                "update renormalisation set state = 'STOPPED', reason = 'by an operator',"
                        + " ended_at = ? where channel = ? and run = ? and state = 'RUNNING'",
                at,
                run.channel(),
                run.id());
    }

    @Override
    public void release(long holder) {
        written("update renormalisation set held_until = 0 where holder = ?", holder);
    }

    @Override
    public Optional<Bytes> corrected(InteractionId interaction) {
        return pool.read(sql -> corrected(sql, interaction));
    }

    static Optional<Bytes> corrected(Sql sql, InteractionId interaction) throws SQLException {
        return sql.first(
                "select digest from correction where interaction = ?", Columns::bytes, interaction);
    }

    static void put(Sql sql, Change.PutCorrection correction) throws SQLException {
        sql.update(
                "insert into correction (interaction, digest, corrected_at) values (?,?,?)"
                        + " on conflict (interaction) do update set digest = excluded.digest,"
                        + " corrected_at = excluded.corrected_at",
                correction.interaction(),
                correction.digest(),
                correction.at());
    }

    private boolean written(String text, @Nullable Object... values) {
        return writing.run(sql -> sql.update(text, values)) > 0;
    }

    private static Run run(Columns columns) throws SQLException {
        ChannelId channel = columns.channel();
        String id = columns.text();
        Set<String> plugins = Set.of(columns.text().split(SEPARATOR, -1));
        String account = columns.textOrNull();
        return new Run(
                channel,
                id,
                plugins,
                account == null ? null : new AccountId(account),
                columns.instant(),
                columns.instant(),
                columns.flag(),
                columns.text(),
                columns.constant(State.class),
                columns.text(),
                columns.number(),
                columns.number(),
                new Counts(
                        columns.number(),
                        columns.number(),
                        columns.number(),
                        columns.number(),
                        columns.number()),
                columns.instant(),
                columns.instantOrNull());
    }
}
