package io.tributary.host.agents;

import io.tributary.host.journal.Filter;
import io.tributary.host.journal.LogReader;
import io.tributary.host.journal.Row;
import io.tributary.model.InteractionId;
import java.util.Optional;

/// A log whose head has not been told of the last commits yet, though readings show them: so it is
/// for a moment after each commit.
///
/// @param late by how many positions
record LateLog(LogReader log, long late) implements LogReader {

    @Override
    public long identity() {
        return log.identity();
    }

    @Override
    public int timeline() {
        return log.timeline();
    }

    @Override
    public long head() {
        return log.head() - late;
    }

    @Override
    public long oldest() {
        return log.oldest();
    }

    @Override
    public long lastCommon(int older) {
        return log.lastCommon(older);
    }

    @Override
    public Page after(long position, Filter filter, int limit) {
        return log.after(position, filter, limit);
    }

    @Override
    public Optional<Row> byId(InteractionId id) {
        return log.byId(id);
    }

    @Override
    public Optional<Row> at(long position) {
        return log.at(position);
    }

    @Override
    public Optional<Raw> raw(InteractionId id) {
        return log.raw(id);
    }
}
