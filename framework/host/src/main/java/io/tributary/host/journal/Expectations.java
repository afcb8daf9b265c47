package io.tributary.host.journal;

import java.sql.SQLException;

/// Tests whether what an item rests on is still so.
final class Expectations {

    private final Sql sql;
    private final Tables tables;

    Expectations(Tables tables) {
        this.tables = tables;
        this.sql = tables.sql;
    }

    boolean holds(Expect expect, Batch batch) throws SQLException {
        return switch (expect) {
            case Expect.ConversationOpen(var id) -> {
                ConversationState state = batch.conversation(id);
                yield state != null && state.open();
            }
            case Expect.FirstTime(var account, var key) ->
                    batch.once(Hash.of(account, key)) == null;
            case Expect.NothingParked(var account, var externalId) ->
                    !batch.anyParked()
                            || !sql.any(
                                    "select 1 from parked where hash = ?",
                                    Hash.of(account, externalId));
            case Expect.NoOpenConversation(var account, var line, var address, var thread) ->
                    KeptConversation.open(
                                    sql,
                                    new ConversationState.End(
                                            account.value(), line, address, thread))
                            .isEmpty();
            case Expect.AddressFree(var account, var address) ->
                    !sql.any(
                            "select 1 from address where account = ? and address = ?",
                            account,
                            address);
            case Expect.IdentityFree(var type, var value) ->
                    !sql.any("select 1 from identity where type = ? and value = ?", type, value);
            case Expect.ReferenceUnknown(var account, var externalId) ->
                    !batch.knowsReference(Hash.of(account, externalId));
            case Expect.StillParked(var id) -> sql.any("select 1 from parked where id = ?", id);
            case Expect.PiecesAre(var account, var group, int count, long last) -> {
                Hash hash = Hash.of(account, group);
                yield sql.number(0, "select count(*) from piece where hash = ?", hash) == count
                        && sql.number(0, "select max(id) from piece where hash = ?", hash) == last;
            }
            case Expect.SegmentsAre(var interaction, int part, long version) ->
                    sql.number(
                                    0,
                                    "select sum(version) from segment where interaction = ?"
                                            + " and part = ?",
                                    interaction,
                                    part)
                            == version;
            case Expect.StateVersion state -> stateVersion(state) == state.version();
            case Expect.NothingNewAfter(var id, var position) -> {
                ConversationState state = batch.conversation(id);
                yield state != null && state.conversation().contentPosition() <= position;
            }
            case Expect.SendIs(var id, var state, var attempt, var epoch, var waits) ->
                    sql.any(
                            "select 1 from outbox where id = ? and state = ? and attempt = ?"
                                    + " and epoch = ? and (not_before is not null) = ?",
                            id,
                            state,
                            attempt,
                            epoch,
                            waits);
            case Expect.NotArrived(var interaction, var parts) ->
                    sql
                            .list(
                                    "select part from delivery where interaction = ?"
                                            + " and status in ('DELIVERED', 'READ')",
                                    Columns::smallNumber,
                                    interaction)
                            .stream()
                            .noneMatch(parts::contains);
            case Expect.NotReached(var interaction, var status) ->
                    FallbackWrites.isNotReached(sql, interaction, status);
            case Expect.FallbackIs(var first, long version) ->
                    FallbackWrites.isVersion(sql, first, version);
            case Expect.CorrectionIs(var interaction, var digest) ->
                    RenormalisationRows.corrected(sql, interaction)
                            .equals(java.util.Optional.ofNullable(digest));
            // a member that is alone runs all slots, under the epoch of its run
            case Expect.SlotIs _ -> true;
            case Expect.DeviceIs(var account, var device, var socket) ->
                    sql.any(
                            "select 1 from device where account = ? and device = ? and socket = ?",
                            account,
                            device,
                            socket);
            case Expect.FetchIs(var media, long claim) ->
                    sql.any("select 1 from fetch where media = ? and claim = ?", media, claim);
            case Expect.ClaimFree(var id, var agent) -> {
                ConversationState state = batch.conversation(id);
                yield state != null && free(state.conversation(), agent);
            }
            case Expect.AccountVersion(var account, var version) ->
                    sql.number(0, "select version from account where id = ?", account) == version;
            case Expect.WebhookVersion(var id, var version) ->
                    sql.number(0, "select version from webhook where id = ?", id) == version;
            case Expect.KeyUnused(var principal, var key) ->
                    !sql.any(
                            "select 1 from answer where principal = ? and key = ?", principal, key);
            case Expect.PluginsAre(var rows) ->
                    PluginTables.lines(PluginTables.all(sql)).equals(PluginTables.lines(rows));
            case Expect.DeadLetterOpen(var id) ->
                    sql.any("select 1 from dead_letter where id = ? and closed_at is null", id);
            case Expect.CustomerUnmerged(var customer) ->
                    !sql.any(
                            "select 1 from customer where id = ? and merged_into is not null",
                            customer);
        };
    }

    private static boolean free(Conversations.Conversation conversation, String agent) {
        return conversation.claimedBy() == null || conversation.claimedBy().equals(agent);
    }

    private long stateVersion(Expect.StateVersion state) throws SQLException {
        return sql.number(
                0,
                "select version from plugin_state where account = ? and key = ?"
                        + " and (over_at is null or over_at > ?)",
                state.account(),
                state.key(),
                tables.now());
    }
}
