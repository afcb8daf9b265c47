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

/// Reads who and where. What is remembered here may be out of date, since other members write as
/// well: what is decided by it says so in what it expects, and is told when it is not so any more.
final class PostgresDirectory implements Directory {

    private static final String REFERENCE =
            "select r.account, r.external_id, r.interaction, r.part, i.conversation"
                    + " from reference r left join interaction i on i.id = r.interaction ";
    private static final String PARKED =
            "select id, account, external_id, received_at, body from parked ";

    private final ReadPool pool;
    private final Remembered remembered;

    PostgresDirectory(ReadPool pool, Remembered remembered) {
        this.pool = pool;
        this.remembered = remembered;
    }

    @Override
    public Optional<End> end(AccountId account, String address) {
        return pool.read(sql ->
                sql.first(
                        "select account, primary_address, customer from address"
                                + " where account = ? and address = ?",
                        columns -> new End(columns.account(), columns.text(), columns.customer()),
                        account,
                        address));
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
        Optional<Conversation> read = pool.read(sql -> ConversationRows.open(sql, end));
        read.ifPresent(conversation -> remembered.opened(conversation, since));
        return read;
    }

    @Override
    public Optional<CustomerId> identity(String type, String value) {
        return pool.read(sql ->
                sql.first(
                        "select customer from identity where type = ? and value = ?",
                        Columns::customer,
                        type,
                        value));
    }

    @Override
    public Optional<Reference> reference(AccountId account, String externalId) {
        return pool.read(sql ->
                sql.first(
                        REFERENCE + "where r.hash = ?",
                        PostgresDirectory::reference,
                        Hash.of(account, externalId)));
    }

    @Override
    public List<Reference> references(InteractionId interaction) {
        return pool.read(sql ->
                sql.list(
                        REFERENCE + "where r.interaction = ? order by r.id",
                        PostgresDirectory::reference,
                        interaction));
    }

    @Override
    public List<Parked> parked(AccountId account, String externalId) {
        if (!remembered.anyParked()) {
            return List.of();
        }
        return pool.read(sql ->
                sql.list(
                        PARKED + "where hash = ? order by id",
                        PostgresDirectory::parked,
                        Hash.of(account, externalId)));
    }

    @Override
    public List<Parked> parkedBefore(Instant before, long after, int limit) {
        return pool.read(sql ->
                sql.list(
                        PARKED + "where received_at < ? and id > ? order by id limit ?",
                        PostgresDirectory::parked,
                        before,
                        after,
                        limit));
    }

    @Override
    public Optional<Instant> printSeen(AccountId account, String print) {
        return pool.read(sql ->
                sql.first(
                        "select seen_at from print where hash = ?",
                        Columns::instant,
                        Hash.of(account, print)));
    }

    private static Reference reference(Columns columns) throws SQLException {
        return new Reference(
                columns.account(),
                columns.text(),
                columns.interaction(),
                columns.smallNumber(),
                columns.conversationOrNull());
    }

    private static Parked parked(Columns columns) throws SQLException {
        return new Parked(
                columns.number(),
                columns.account(),
                columns.text(),
                columns.instant(),
                columns.bytes());
    }
}
