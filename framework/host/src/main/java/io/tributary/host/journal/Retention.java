package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Drops what is old, a little at a time: each step is one short transaction between two batches.
///
/// The log is cut from its beginning only, so that positions stay dense: what was received before
/// the time, but stands behind something newer (a replay), stays until that goes.
final class Retention {

    /// So many rows a step, about ten milliseconds.
    static final int STEP = 256;

    private final LogEnds ends;

    Retention(LogEnds ends) {
        this.ends = ends;
    }

    private record Old(
            long position,
            InteractionId id,
            @Nullable ConversationId conversation,
            Instant receivedAt,
            long rawEvent) {

        static Old read(Columns columns) throws SQLException {
            return new Old(
                    columns.number(),
                    columns.interaction(),
                    columns.conversationOrNull(),
                    columns.instant(),
                    columns.number());
        }
    }

    /// Drops some of what hangs on no interaction, and answers whether there may be more.
    ///
    /// Dead letters that are open stay however old they are: nobody has looked at them yet. Files
    /// of media whose rows went are removed by who keeps the files.
    static boolean dropBeside(Sql sql, Instant before) throws SQLException {
        sql.run("begin immediate");
        int media =
                sql.update(
                        "delete from media where id in (select id from media"
                                + " where max(created_at, used_at) < ? and state <> 'PENDING'"
                                + " order by max(created_at, used_at) limit ?)",
                        before,
                        STEP);
        int letters =
                sql.update(
                        "delete from dead_letter where happened_at < ? and closed_at is not null"
                                + " order by id limit ?",
                        before,
                        STEP);
        sql.run("commit");
        return Math.max(media, letters) == STEP;
    }

    /// Drops some traces, and answers how many went; fewer than [#STEP]: no more are that old, but
    /// for such as were written out of order.
    static int dropTraces(Sql sql, Instant before) throws SQLException {
        return sql.update(
                "delete from trace where id in (select id from trace order by id limit ?)"
                        + " and at < ?",
                STEP,
                before);
    }

    /// Drops some, and answers how many interactions went; 0: nothing is left to drop.
    int drop(Tables tables, Instant before) throws SQLException {
        Sql sql = tables.sql;
        List<Old> old = oldest(sql, before);
        if (old.isEmpty()) {
            return 0;
        }
        long last = old.getLast().position();
        sql.run("begin immediate");
        sql.update("delete from interaction where position <= ?", last);
        long raw = old.stream().mapToLong(Old::rawEvent).max().orElse(0);
        sql.update("delete from raw_event where id <= ?", raw);
        List<Hash> hashes = new ArrayList<>();
        Set<ConversationId> conversations = new HashSet<>();
        for (Old one : old) {
            hashes.addAll(dropAllOf(tables, one.id()));
            if (one.conversation() != null) {
                conversations.add(one.conversation());
            }
        }
        List<ConversationId> gone = dropEmpty(tables, conversations, last);
        sql.update("update log set oldest = ?", last + 1);
        sql.run("commit");
        tables.referenceIndex.forget(hashes);
        tables.conversations.forget(gone);
        ends.dropped(last + 1);
        return old.size();
    }

    private static List<Old> oldest(Sql sql, Instant before) throws SQLException {
        List<Old> first =
                sql.list(
                        "select position, id, conversation, received_at, raw_event"
                                + " from interaction order by position limit ?",
                        Old::read,
                        STEP);
        int count = 0;
        while (count < first.size() && first.get(count).receivedAt().isBefore(before)) {
            count++;
        }
        return first.subList(0, count);
    }

    /// @return the hashes of references that are not known any more
    private static List<Hash> dropAllOf(Tables tables, InteractionId id) throws SQLException {
        record Bound(long id, Hash hash) {}
        Sql sql = tables.sql;
        List<Bound> bound =
                sql.list(
                        "select id, hash from reference where interaction = ?",
                        columns -> new Bound(columns.number(), Hash.of(columns.array())),
                        id);
        List<Hash> hashes = new ArrayList<>(bound.size());
        for (Bound one : bound) {
            sql.update(
                    "delete from reference_by_hash where hash = ? and id = ?",
                    one.hash(),
                    one.id());
            // a later binding of the same has had no effect, and is to have none from now on
            sql.update(
                    "delete from reference where id = ?",
                    tables.referenceIndex.waiting(one.hash()));
            hashes.add(one.hash());
        }
        sql.update("delete from reference where interaction = ?", id);
        sql.update("delete from delivery where interaction = ?", id);
        sql.update("delete from segment where interaction = ?", id);
        sql.update("delete from outbox where interaction = ?", id);
        sql.update("delete from correction where interaction = ?", id);
        sql.update("delete from fallback where first = ?", id);
        sql.update("delete from fallback_step where interaction = ?", id);
        return hashes;
    }

    /// Conversations that are closed and have nothing left. Open ones stay: they go on.
    private static List<ConversationId> dropEmpty(
            Tables tables, Set<ConversationId> conversations, long last) throws SQLException {
        List<ConversationId> gone = new ArrayList<>();
        for (ConversationId id : conversations) {
            ConversationState cached = tables.conversations.state(id);
            Optional<Conversation> now =
                    cached == null
                            ? ConversationRows.byId(tables.sql, id)
                            : Optional.of(cached.conversation());
            if (now.isPresent()
                    && now.get().closedAt() != null
                    && now.get().lastPosition() <= last) {
                tables.sql.update("delete from conversation where id = ?", id);
                gone.add(id);
            }
        }
        return gone;
    }
}
