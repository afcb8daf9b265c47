package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads who and where, from memory as far as it can.
final class DirectoryReads implements Directory {

    private static final String REFERENCE =
            "select r.account, r.external_id, r.interaction, r.part, i.conversation, r.id"
                    + " from reference r left join interaction i on i.id = r.interaction";

    private final ReadPool pool;
    private final Tables tables;
    private final LogEnds ends;

    DirectoryReads(ReadPool pool, Tables tables, LogEnds ends) {
        this.pool = pool;
        this.tables = tables;
        this.ends = ends;
    }

    @Override
    public Optional<End> end(AccountId account, String address) {
        End known = tables.ends.find(account, address);
        if (known != null) {
            return Optional.of(known);
        }
        long since = tables.ends.bindings();
        Optional<End> end = pool.read(sql -> DirectoryRows.end(sql, account, address));
        end.ifPresent(read -> tables.ends.read(account, address, read, since));
        return end;
    }

    @Override
    public Optional<Conversation> open(
            AccountId account, String line, String address, @Nullable String thread) {
        var end = new ConversationState.End(account.value(), line, address, thread);
        ConversationState state = tables.conversations.open(end);
        if (state != null) {
            return Optional.of(state.conversation());
        }
        long since = tables.conversations.commits();
        return pool.read(sql -> KeptConversation.open(sql, end)).map(row -> keep(row, since));
    }

    private Conversation keep(KeptConversation row, long since) {
        tables.conversations.read(row, since);
        return row.conversation();
    }

    @Override
    public Optional<CustomerId> identity(String type, String value) {
        return pool.read(sql -> DirectoryRows.identity(sql, type, value));
    }

    @Override
    public Optional<Reference> reference(AccountId account, String externalId) {
        Hash hash = Hash.of(account, externalId);
        long waiting = tables.referenceIndex.waiting(hash);
        return pool.read(sql -> {
            long id = firstId(sql, hash, waiting);
            return id == 0
                    ? Optional.empty()
                    : sql.first(REFERENCE + " where r.id = ?", DirectoryReads::read, id)
                            .map(Found::reference);
        });
    }

    /// What the tree knows came before what still waits for it.
    private static long firstId(Sql sql, Hash hash, long waiting) throws SQLException {
        return sql.number(waiting, "select id from reference_by_hash where hash = ?", hash);
    }

    private record Found(Reference reference, long id) {}

    private static Found read(Columns columns) throws SQLException {
        return new Found(DirectoryRows.reference(columns), columns.number());
    }

    @Override
    public List<Reference> references(InteractionId interaction) {
        List<Found> bound =
                pool.read(sql ->
                        sql.list(
                                REFERENCE + " where r.interaction = ? order by r.id",
                                DirectoryReads::read,
                                interaction));
        return bound.stream().filter(this::holds).map(Found::reference).toList();
    }

    /// A later binding of a known external id has a row, but no effect.
    private boolean holds(Found found) {
        Hash hash = Hash.of(found.reference().account(), found.reference().externalId());
        long waiting = tables.referenceIndex.waiting(hash);
        return pool.read(sql -> firstId(sql, hash, waiting)) == found.id();
    }

    @Override
    public List<Parked> parked(AccountId account, String externalId) {
        if (!ends.anyParked()) {
            return List.of();
        }
        return pool.read(sql -> DirectoryRows.parked(sql, account, externalId));
    }

    @Override
    public List<Parked> parkedBefore(Instant before, long after, int limit) {
        if (!ends.anyParked()) {
            return List.of();
        }
        return pool.read(sql -> DirectoryRows.parkedBefore(sql, before, after, limit));
    }

    @Override
    public Optional<Instant> printSeen(AccountId account, String print) {
        return pool.read(sql -> DirectoryRows.printSeen(sql, account, print));
    }
}
