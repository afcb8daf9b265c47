package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables of plugins' versions.
final class PluginTables {

    private static final String WANTED =
            "select id, version, sha256, before, highest, watched, watched_by, changed_at,"
                    + " changed_by from plugin ";

    private PluginTables() {}

    static List<PluginRecords.Wanted> all(Sql sql) throws SQLException {
        return sql.list(WANTED + "order by id", PluginTables::wanted);
    }

    /// What counts of the rows when somebody wants to change one: as the database puts it together.
    static String lines(List<PluginRecords.Wanted> rows) {
        return rows.stream()
                .map(row ->
                        row.plugin()
                                + ' '
                                + row.sha256()
                                + ' '
                                + (row.watched() == null ? "-" : row.watched())
                                + ' '
                                + row.watchedBy())
                .collect(Collectors.joining("\n"));
    }

    record Reads(ReadPool pool) implements PluginRecords {

        @Override
        public List<Wanted> wanted() {
            return pool.read(PluginTables::all);
        }

        @Override
        public List<Observed> observed() {
            return pool.read(sql ->
                    sql.list(
                            "select member, plugin, version, sha256, state, reason, since"
                                    + " from plugin_member order by plugin, member",
                            PluginTables::observed));
        }

        @Override
        public Optional<Wanted> wanted(String plugin) {
            return pool.read(
                    sql -> sql.first(WANTED + "where id = ?", PluginTables::wanted, plugin));
        }

        @Override
        public Set<String> tried() {
            return Set.copyOf(
                    pool.read(sql ->
                            sql.list(
                                    "select distinct sha256 from plugin_rollout"
                                            + " where sha256 is not null",
                                    Columns::text)));
        }

        @Override
        public List<Rollout> rollouts(String plugin, int limit) {
            return pool.read(sql ->
                    sql.list(
                            "select plugin, from_version, to_version, sha256, outcome, reason,"
                                    + " actor, began_at, ended_at from plugin_rollout"
                                    + " where plugin = ? order by id desc limit ?",
                            PluginTables::rollout,
                            plugin,
                            limit));
        }
    }

    record Writes(Sql sql) {

        void want(PluginRecords.Wanted wanted) throws SQLException {
            sql.update(
                    "insert into plugin (id, version, sha256, before, highest, watched, watched_by,"
                            + " changed_at, changed_by) values (?,?,?,?,?,?,?,?,?) on conflict do update set"
                            + " version = excluded.version, sha256 = excluded.sha256,"
                            + " before = excluded.before, highest = excluded.highest,"
                            + " watched = excluded.watched, watched_by = excluded.watched_by,"
                            + " changed_at = excluded.changed_at,"
                            + " changed_by = excluded.changed_by",
                    wanted.plugin(),
                    wanted.version(),
                    wanted.sha256(),
                    wanted.before(),
                    wanted.highest(),
                    wanted.watched(),
                    wanted.watchedBy(),
                    wanted.changedAt(),
                    wanted.changedBy());
        }

        void unwant(String plugin) throws SQLException {
            sql.update("delete from plugin where id = ?", plugin);
        }

        void observe(PluginRecords.Observed observed) throws SQLException {
            sql.update(
                    "insert into plugin_member (member, plugin, version, sha256, state, reason,"
                            + " since) values (?,?,?,?,?,?,?) on conflict do update set"
                            + " version = excluded.version, sha256 = excluded.sha256,"
                            + " state = excluded.state, reason = excluded.reason,"
                            + " since = excluded.since",
                    observed.member(),
                    observed.plugin(),
                    observed.version(),
                    observed.sha256(),
                    observed.state(),
                    observed.reason(),
                    observed.since());
        }

        void unobserve(Change.UnobservePlugin gone) throws SQLException {
            if (gone.plugin() == null) {
                sql.update("delete from plugin_member where member = ?", gone.member());
            } else {
                sql.update(
                        "delete from plugin_member where member = ? and plugin = ?",
                        gone.member(),
                        gone.plugin());
            }
        }

        void ended(PluginRecords.Rollout rollout) throws SQLException {
            sql.update(
                    "insert into plugin_rollout (plugin, from_version, to_version, sha256, outcome,"
                            + " reason, actor, began_at, ended_at) values (?,?,?,?,?,?,?,?,?)",
                    rollout.plugin(),
                    rollout.from(),
                    rollout.to(),
                    rollout.sha256(),
                    rollout.outcome(),
                    rollout.reason(),
                    rollout.actor(),
                    rollout.began(),
                    rollout.ended());
        }
    }

    private static PluginRecords.Wanted wanted(Columns columns) throws SQLException {
        return new PluginRecords.Wanted(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.textOrNull(),
                columns.text(),
                columns.textOrNull(),
                columns.number(),
                columns.instant(),
                columns.text());
    }

    private static PluginRecords.Observed observed(Columns columns) throws SQLException {
        return new PluginRecords.Observed(
                columns.number(),
                columns.text(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.text(),
                columns.text(),
                columns.instant());
    }

    private static PluginRecords.Rollout rollout(Columns columns) throws SQLException {
        return new PluginRecords.Rollout(
                columns.text(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.instant(),
                columns.instant());
    }
}
