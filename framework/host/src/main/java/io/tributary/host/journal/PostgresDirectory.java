package io.tributary.host.journal;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads who and where. What is remembered here may be out of date, since other members write as
/// well: what is decided by it says so in what it expects, and is told when it is not so any more.
final class PostgresDirectory implements Directory {

    private static final String OPEN =
            "select "
                    + ConversationRows.COLUMNS
                    + " from conversation where account = ? and address = ? and line = ?"
                    + " and coalesce(thread, '') = coalesce(?, '') and closed_at is null";

    private static final String REFERENCE =
            "select r.account, r.external_id, r.interaction, r.part, i.conversation"
                    + " from reference r left join interaction i on i.id = r.interaction ";

    private final ReadPool pool;
    private final Remembered remembered;

    PostgresDirectory(ReadPool pool, Remembered remembered) {
        this.pool = pool;
        this.remembered = remembered;
    }

    @Override
    public Optional<End> end(AccountId account, String address) {
        return pool.read(sql -> DirectoryRows.end(sql, account, address));
    }

    @Override
    public Optional<Conversation> open(
            AccountId account, String line, String address, @Nullable String thread) {
        var end = new ConversationState.End(account.value(), line, address, thread);
        Conversation known = remembered.open(end);
        if (known != null) {
            return Optional.of(known);
        }
        long since = remembered.forgotten();
        Optional<Conversation> read =
                pool.read(sql ->
                        sql.first(
                                OPEN,
                                ConversationRows::read,
                                end.account(),
                                end.address(),
                                end.line(),
                                end.thread()));
        read.ifPresent(conversation -> remembered.opened(conversation, since));
        return read;
    }

    @Override
    public Optional<CustomerId> identity(String type, String value) {
        return pool.read(sql -> DirectoryRows.identity(sql, type, value));
    }

    @Override
    public Optional<Reference> reference(AccountId account, String externalId) {
        return pool.read(sql ->
                sql.first(
                        REFERENCE + "where r.hash = ?",
                        DirectoryRows::reference,
                        Hash.of(account, externalId)));
    }

    @Override
    public List<Reference> references(InteractionId interaction) {
        return pool.read(sql ->
                sql.list(
                        REFERENCE + "where r.interaction = ? order by r.id",
                        DirectoryRows::reference,
                        interaction));
    }

    @Override
    public List<Parked> parked(AccountId account, String externalId) {
        if (!remembered.anyParked()) {
            return List.of();
        }
        return pool.read(sql -> DirectoryRows.parked(sql, account, externalId));
    }

    @Override
    public List<Parked> parkedBefore(Instant before, long after, int limit) {
        return pool.read(sql -> DirectoryRows.parkedBefore(sql, before, after, limit));
    }

    @Override
    public Optional<Instant> printSeen(AccountId account, String print) {
        return pool.read(sql -> DirectoryRows.printSeen(sql, account, print));
    }
}
