package io.tributary.host.journal;

import java.sql.SQLException;
import java.util.Optional;

/// Folds in their table, the same in both databases.
final class FoldRows implements Folds {

    private static final String MARK = "timeline, position, kept_at";

    private final ReadPool pool;
    private final Writing writing;

    /// Where this journal changes what does not belong to a batch.
    @FunctionalInterface
    interface Writing {
        int run(ReadPool.Query<Integer> change);
    }

    FoldRows(ReadPool pool, Writing writing) {
        this.pool = pool;
        this.writing = writing;
    }

    @Override
    public Optional<Mark> mark(String name) {
        return pool.read(sql ->
                sql.first("select " + MARK + " from fold where name = ?", FoldRows::mark, name));
    }

    @Override
    public Optional<Kept> find(String name) {
        return pool.read(sql ->
                sql.first(
                        "select " + MARK + ", body from fold where name = ?",
                        columns -> new Kept(mark(columns), columns.bytes()),
                        name));
    }

    @Override
    public boolean keep(String name, Kept kept) {
        Mark mark = kept.mark();
        int changed =
                writing.run(sql ->
                        sql.update(
                                "insert into fold (name, timeline, position, kept_at, body)"
                                        + " values (?, ?, ?, ?, ?) on conflict (name) do update set"
                                        + " timeline = excluded.timeline,"
                                        + " position = excluded.position,"
                                        + " kept_at = excluded.kept_at, body = excluded.body"
                                        + " where (excluded.timeline, excluded.position)"
                                        + " > (fold.timeline, fold.position)",
                                name,
                                mark.timeline(),
                                mark.position(),
                                mark.at(),
                                kept.body()));
        return changed > 0;
    }

    private static Mark mark(Columns columns) throws SQLException {
        return new Mark(columns.smallNumber(), columns.number(), columns.instant());
    }
}
