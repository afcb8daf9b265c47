package io.tributary.host.journal;

/// How much room the database takes, looked at now and then: the server goes through its files for
/// it.
final class DatabaseSize {

    private final ReadPool pool;
    private volatile long bytes;

    DatabaseSize(ReadPool pool) {
        this.pool = pool;
    }

    long bytes() {
        return bytes;
    }

    void look() {
        bytes = pool.read(sql -> sql.number(0, "select pg_database_size(current_database())"));
    }
}
