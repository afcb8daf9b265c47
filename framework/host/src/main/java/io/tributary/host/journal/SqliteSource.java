package io.tributary.host.journal;

import java.nio.file.Path;
import java.sql.SQLException;

/// Connections that read the file of a single node.
record SqliteSource(Path file, Fitness fitness) implements ReadPool.Source {

    @Override
    public Sql open() throws SQLException {
        return new Sql(Dialect.SQLITE, Connections.reader(file));
    }

    /// A file does not go away.
    @Override
    public boolean broken(SQLException error) {
        return false;
    }

    @Override
    public String judge(SQLException error) {
        if (Failure.of(error) instanceof Failure.Final(String text)) {
            fitness.damaged(text);
        }
        return fitness.text();
    }
}
