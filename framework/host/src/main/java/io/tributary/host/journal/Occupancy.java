package io.tributary.host.journal;

import java.sql.SQLException;

/// Connections of the members that use a database: each holds a lock there while it is open, which
/// members that share have together, and one that is alone has to itself.
///
/// Who sends what, and who has which device, is decided within one that is alone: beside another it
/// would send twice. So it does not go on with what it remembers when it lost its connection and
/// another took its place meanwhile.
final class Occupancy implements ReadPool.Source {

    /// As the server says of what is in use.
    static final String IN_USE = "55006";

    /// Another member was there meanwhile.
    static final String TAKEN_OVER = "TR003";

    /// Any number that is always the same: such locks belong to one database.
    static final long LOCK = 0x7472_6962_7574_6172L;

    private static final String ALONE = "select pg_try_advisory_lock(?)";
    private static final String SHARED = "select pg_try_advisory_lock_shared(?)";

    private final ReadPool.Source source;
    private final String lock;
    private volatile long epoch;

    private Occupancy(ReadPool.Source source, String lock) {
        this.source = source;
        this.lock = lock;
    }

    static Occupancy alone(ReadPool.Source source) {
        return new Occupancy(source, ALONE);
    }

    static Occupancy shared(ReadPool.Source source) {
        return new Occupancy(source, SHARED);
    }

    /// The run of a member that is alone begins, or has begun.
    void began(long epochOfRun) {
        epoch = epochOfRun;
    }

    @Override
    public Sql open() throws SQLException {
        Sql sql = source.open();
        try {
            // a server that nobody hears any more is to let go of the lock soon
            sql.run("set tcp_keepalives_idle = 3");
            sql.run("set tcp_keepalives_interval = 1");
            sql.run("set tcp_keepalives_count = 3");
            sql.run("set tcp_user_timeout = 6000");
            sql.run("set client_connection_check_interval = 1000");
            if (!sql.first(lock, Columns::truth, LOCK).orElse(false)) {
                throw new SQLException("another member uses the database", IN_USE);
            }
            if (epoch > 0 && sql.number(0, "select epoch from log") != epoch) {
                throw new SQLException("another member has used the database", TAKEN_OVER);
            }
            return sql;
        } catch (SQLException e) {
            sql.close();
            throw e;
        }
    }

    @Override
    public boolean broken(SQLException error) {
        return source.broken(error);
    }

    @Override
    public String judge(SQLException error) {
        return source.judge(error);
    }
}
