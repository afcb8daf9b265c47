package io.tributary.host.journal;

import java.sql.SQLException;

/// Writes the changes of one item, in order.
final class Changes {

    private final Sql sql;
    private final ConversationWrites conversations;
    private final CustomerWrites customers;
    private final OutboxWrites outbox;
    private final SegmentWrites segments;
    private final MediaWrites media;
    private final OperatorWrites operators;
    private final EventWrites events;
    private final PieceWrites pieces;
    private final PluginTables.Writes plugins;
    private final DeviceWrites devices;
    private final FallbackWrites fallbacks;

    Changes(Tables tables) {
        this.sql = tables.sql;
        this.conversations = new ConversationWrites(tables.sql);
        this.customers = new CustomerWrites(tables);
        this.outbox = new OutboxWrites(tables);
        this.segments = new SegmentWrites(tables.sql);
        this.media = new MediaWrites(tables);
        this.operators = new OperatorWrites(tables.sql);
        this.events = new EventWrites(tables);
        this.pieces = new PieceWrites(tables.sql);
        this.plugins = new PluginTables.Writes(tables.sql);
        this.devices = new DeviceWrites(tables.sql);
        this.fallbacks = new FallbackWrites(tables.sql);
    }

    /// Writes one item, and answers what it is answered with.
    Commit.Result.Stored apply(Prepared.Ready ready, Batch batch) throws SQLException {
        batch.changes();
        long first = batch.nextPosition();
        int interactions = batch.interactionCount();
        int rawEvents = batch.rawEventCount();
        for (int i = 0; i < ready.item.changes().size(); i++) {
            apply(ready, i, first, batch);
        }
        batch.joinRawEvents(interactions, rawEvents);
        int count = batch.interactionCount() - interactions;
        long position = count == 0 ? 0 : first;
        if (ready.once != null) {
            batch.addOnce(ready.once, position, count);
        }
        return new Commit.Result.Stored(position, count);
    }

    private void apply(Prepared.Ready ready, int index, long first, Batch batch)
            throws SQLException {
        switch (ready.item.changes().get(index)) {
            case Change.Append _ -> batch.append((InteractionRow) ready.prepared(index));
            case Change.KeepRaw _ -> batch.keep((RawRow) ready.prepared(index));
            case Change.BindReference bound ->
                    batch.addReference((Hash) ready.prepared(index), bound);
            case Change.OpenConversation open -> conversations.open(open, batch);
            case Change.CloseConversation close -> conversations.close(close, batch);
            case Change.Claim claim -> conversations.claim(claim, batch);
            case Change.AddCustomer customer -> customers.add(customer);
            case Change.NameCustomer name -> customers.name(name);
            case Change.BindAddress address -> customers.bind(address, batch);
            case Change.BindIdentity identity -> customers.bind(identity);
            case Change.MergeCustomer merge -> customers.merge(merge);
            case Change.SetConsent consent -> customers.consent(consent);
            case Change.Park park -> events.park(park, batch);
            case Change.Unpark unpark -> events.unpark(unpark, batch);
            case Change.KeepPiece piece -> pieces.keep(piece);
            case Change.PostponePieces postpone -> pieces.postpone(postpone);
            case Change.DropPieces drop -> pieces.drop(drop);
            case Change.SeePrint print -> events.see(print);
            case Change.AddDeadLetter letter -> events.add(letter);
            case Change.CloseDeadLetter close -> events.close(close);
            case Change.PutState state -> events.put(state, batch);
            case Change.Enqueue send -> outbox.enqueue(send, lastAppended(first, batch), batch);
            case Change.MoveSend move -> outbox.move(move);
            case Change.Advance advance -> outbox.advance(advance);
            case Change.AddSegment segment -> segments.add(segment);
            case Change.AdvanceSegment segment -> segments.advance(segment);
            case Change.AddMedia added -> media.add(added);
            case Change.MediaKept kept -> media.kept(kept);
            case Change.MediaLost lost -> media.lost(lost);
            case Change.UseMedia used -> media.used(used);
            case Change.AddFetch fetch -> media.add(fetch);
            case Change.MoveFetch move -> media.move(move);
            case Change.DeviceCame came -> devices.came(came);
            case Change.DeviceWent went -> devices.went(went);
            case Change.ReachThrough reach -> devices.reach(reach);
            case Change.PutAccount account -> operators.put(account, batch);
            case Change.RemoveAccount account -> operators.remove(account);
            case Change.WantPlugin want -> plugins.want(want.wanted());
            case Change.UnwantPlugin unwant -> plugins.unwant(unwant.plugin());
            case Change.ObservePlugin observe -> plugins.observe(observe.observed());
            case Change.UnobservePlugin gone -> plugins.unobserve(gone);
            case Change.AddRollout rollout -> plugins.ended(rollout.rollout());
            case Change.PutToken token -> operators.put(token.token());
            case Change.RevokeToken revoke -> operators.revoke(revoke);
            case Change.PutWebhook webhook -> operators.put(webhook, batch);
            case Change.RemoveWebhook webhook -> operators.remove(webhook);
            case Change.PutFallback put -> fallbacks.put(put);
            case Change.AddFallbackStep step -> fallbacks.add(step);
            case Change.PutCorrection correction -> RenormalisationRows.put(sql, correction);
            case Change.KeepAnswer answer -> operators.keep(answer);
            case Change.AddArtifact artifact -> operators.add(artifact.artifact());
            case Change.AddAudit audit -> operators.add(audit);
        }
    }

    /// The position of the item's last interaction so far; 0: it has none.
    private static long lastAppended(long first, Batch batch) {
        return batch.nextPosition() > first ? batch.nextPosition() - 1 : 0;
    }
}
