package io.tributary.host.journal;

import io.tributary.model.AccountId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Reads what plugins keep; what is over is passed over, whether it is cleared away yet or not.
final class StateReads implements PluginState {

    private static final String COLUMNS = "select key, value, version from plugin_state ";

    private final ReadPool pool;
    private final InstantSource clock;

    StateReads(ReadPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Optional<Entry> read(AccountId account, String key) {
        return pool.read(sql ->
                sql.first(
                        COLUMNS
                                + "where account = ? and key = ?"
                                + " and (over_at is null or over_at > ?)",
                        StateReads::entry,
                        account,
                        key,
                        clock.instant()));
    }

    /// Compared as text from its beginning: `like` would take some characters for patterns.
    @Override
    public List<Entry> list(AccountId account, String prefix) {
        return pool.read(sql ->
                sql.list(
                        COLUMNS
                                + "where account = ? and key >= ?"
                                + " and substr(key, 1, length(?)) = ?"
                                + " and (over_at is null or over_at > ?) order by key",
                        StateReads::entry,
                        account,
                        prefix,
                        prefix,
                        prefix,
                        clock.instant()));
    }

    private static Entry entry(Columns columns) throws SQLException {
        return new Entry(columns.text(), columns.bytes(), columns.number());
    }
}
