package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Changes as the database's functions read them; those of operators are [OperatorText]'s.
final class ChangeText {

    private static final Duration LONGEST = Duration.ofDays(100_000);

    private ChangeText() {}

    static void write(Change change, BatchText text) {
        switch (change) {
            case Change.Append append ->
                    text.kind("append")
                            .put("id", append.id().value())
                            .put(
                                    "conversation",
                                    append.conversation() == null
                                            ? null
                                            : append.conversation().value())
                            .put(
                                    "customer",
                                    append.customer() == null ? null : append.customer().value())
                            .put("channel", append.channel().value())
                            .put("account", append.account())
                            .put("direction", append.direction())
                            .put("type", append.type())
                            .put("weight", append.weight())
                            .put("at", append.receivedAt())
                            .put("said", append.saidAt())
                            .body(append.body());
            case Change.KeepRaw event ->
                    text.kind("raw")
                            .put("account", event.account())
                            .put("channel", event.channel().value())
                            .put("kind", event.kind())
                            .put("notes", Notes.write(event.notes()))
                            .put("at", event.receivedAt())
                            .put("piece", event.piece())
                            .body(event.body());
            case Change.BindReference bound ->
                    text.kind("reference")
                            .put("hash", Hash.of(bound.account(), bound.externalId()))
                            .put("account", bound.account())
                            .put("external", bound.externalId())
                            .put("interaction", bound.interaction().value())
                            .put("part", bound.part());
            case Change.OpenConversation open ->
                    text.kind("open")
                            .put("id", open.id().value())
                            .put("customer", open.customer().value())
                            .put("channel", open.channel().value())
                            .put("account", open.account())
                            .put("line", open.line())
                            .put("address", open.address())
                            .put("thread", open.thread())
                            .put("locale", open.locale())
                            .put("at", open.at());
            case Change.CloseConversation(var id, var at) ->
                    text.kind("close").put("id", id.value()).put("at", at);
            case Change.Claim claim -> claim(claim, text);
            case Change.AddCustomer(var id, var name, var at) ->
                    text.kind("customer").put("id", id.value()).put("name", name).put("at", at);
            case Change.NameCustomer(var id, var name) ->
                    text.kind("name").put("id", id.value()).put("name", name);
            case Change.BindAddress(var account, var address, var primary, var customer) ->
                    text.kind("address")
                            .put("account", account)
                            .put("address", address)
                            .put("primary", primary)
                            .put("customer", customer.value());
            case Change.BindIdentity(var type, var value, var customer, var evidence, var at) ->
                    text.kind("identity")
                            .put("type", type)
                            .put("value", value)
                            .put("customer", customer.value())
                            .put("evidence", evidence)
                            .put("at", at);
            case Change.MergeCustomer(var from, var into) ->
                    text.kind("merge")
                            .put("from", from.value())
                            .put("into", into == null ? null : into.value());
            case Change.SetConsent consent ->
                    text.kind("consent")
                            .put("customer", consent.customer().value())
                            .put("account", consent.account())
                            .put("address", consent.address())
                            .put("purpose", consent.purpose())
                            .put("granted", consent.granted())
                            .put("at", consent.at());
            case Change.Park(var account, var externalId, var at, var body) ->
                    text.kind("park")
                            .put("hash", Hash.of(account, externalId))
                            .put("account", account)
                            .put("external", externalId)
                            .put("at", at)
                            .body(body);
            case Change.Unpark(var id) -> text.kind("unpark").put("id", id);
            case Change.KeepPiece piece -> piece(piece, text);
            case Change.PostponePieces(var account, var group, int whole, var due) ->
                    text.kind("postpone pieces")
                            .put("hash", Hash.of(account, group))
                            .put("whole", whole)
                            .put("due", due);
            case Change.DropPieces(var account, var group, int whole) ->
                    text.kind("drop pieces")
                            .put("hash", Hash.of(account, group))
                            .put("whole", whole);
            case Change.SeePrint(var account, var print, var at, var until) ->
                    text.kind("print")
                            .put("hash", Hash.of(account, print))
                            .put("at", at)
                            .put("until", until);
            case Change.AddDeadLetter letter ->
                    text.kind("dead letter")
                            .put("direction", letter.direction())
                            .put("account", letter.account())
                            .put("plugin", letter.plugin())
                            .put("kind", letter.kind())
                            .reason(letter.reason())
                            .put(
                                    "interaction",
                                    letter.interaction() == null
                                            ? null
                                            : letter.interaction().value())
                            .put("at", letter.at())
                            .body(letter.payload());
            case Change.CloseDeadLetter(var id, var replayed, var at) ->
                    text.kind("close dead letter")
                            .put("id", id)
                            .put("replayed", replayed)
                            .put("at", at);
            case Change.PutState(var account, var key, var value, var lasts) ->
                    state(account, key, value, lasts, text);
            case Change.Enqueue send ->
                    text.kind("enqueue")
                            .put("key", send.key())
                            .put("interaction", send.interaction().value())
                            .put("conversation", send.conversation().value())
                            .put("account", send.account())
                            .put("first", send.firstPart())
                            .put("parts", send.parts())
                            .put("priority", send.priority().name())
                            .put("expires", send.expiresAt());
            case Change.MoveSend move ->
                    text.kind("move send")
                            .put("id", move.id())
                            .put("state", move.state())
                            .put("attempt", move.attempt())
                            .put("epoch", move.epoch())
                            .put("not before", move.notBefore())
                            .reason(move.reason());
            case Change.Advance advance ->
                    text.kind("advance")
                            .put("interaction", advance.interaction().value())
                            .put("part", advance.part())
                            .put("recipient", advance.recipient())
                            .put("status", advance.status())
                            .reason(advance.reason())
                            .put("at", advance.at());
            case Change.PutFallback(var plan) ->
                    text.kind("fallback")
                            .put("first", plan.first().value())
                            .put("conversation", plan.conversation().value())
                            .put("account", plan.account())
                            .put("state", plan.state())
                            .put("due", plan.dueAt())
                            .put("version", plan.version())
                            .put("at", plan.changedAt())
                            .body(plan.body());
            case Change.AddFallbackStep(var interaction, var first, var conversation) ->
                    text.kind("fallback step")
                            .put("interaction", interaction.value())
                            .put("first", first.value())
                            .put("conversation", conversation.value());
            case Change.PutCorrection(var interaction, var digest, var at) ->
                    text.kind("correction")
                            .put("interaction", interaction.value())
                            .put("digest", digest)
                            .put("at", at);
            case Change.AddSegment(var interaction, int part, var externalId) ->
                    text.kind("segment")
                            .put("interaction", interaction.value())
                            .put("part", part)
                            .put("external", externalId);
            case Change.AdvanceSegment segment ->
                    text.kind("advance segment")
                            .put("interaction", segment.interaction().value())
                            .put("part", segment.part())
                            .put("external", segment.externalId())
                            .put("recipient", segment.recipient())
                            .put("status", segment.status());
            case Change.AddMedia(var id, var account, var name, var type, var at) ->
                    text.kind("media")
                            .put("id", id.value())
                            .put("account", account)
                            .put("name", name)
                            .put("type", type)
                            .put("at", at);
            case Change.MediaKept kept -> {
                text.kind("media kept")
                        .put("id", kept.id().value())
                        .put("type", kept.type())
                        .put("bytes", kept.bytes())
                        .put("sha256", kept.sha256());
                if (!kept.elsewhere()) {
                    text.put("shared", 1);
                }
            }
            case Change.MediaLost(var id, var reason) ->
                    text.kind("media lost").put("id", id.value()).reason(reason);
            case Change.UseMedia(var id, var at) ->
                    text.kind("media used").put("id", id.value()).put("at", at);
            case Change.AddFetch fetch ->
                    text.kind("fetch")
                            .put("media", fetch.media().value())
                            .put("account", fetch.account())
                            .put("interaction", fetch.interaction().value())
                            .put("part", fetch.part())
                            .put("place", fetch.fetch())
                            .put("at", fetch.at());
            case Change.MoveFetch(var media, int attempt, var pause) ->
                    text.kind("move fetch")
                            .put("media", media.value())
                            .put("attempt", attempt)
                            .put("wait", pause == null ? null : micros(pause));
            case Change.DeviceCame came ->
                    text.kind("device came")
                            .put("account", came.account())
                            .put("device", came.device())
                            .put("socket", came.socket())
                            .put("epoch", came.epoch())
                            .put("at", came.at());
            case Change.DeviceWent went ->
                    text.kind("device went")
                            .put("account", went.account())
                            .put("device", went.device())
                            .put("socket", went.socket())
                            .put("at", went.at());
            case Change.ReachThrough reach ->
                    text.kind("reach")
                            .put("account", reach.account())
                            .put("address", reach.address())
                            .put("device", reach.device())
                            .put("at", reach.at())
                            .put("stale", reach.at().minus(DeviceWrites.AS_GOOD_AS_NOW));
            case Change.PutAccount _,
                    Change.RemoveAccount _,
                    Change.WantPlugin _,
                    Change.ObservePlugin _,
                    Change.UnobservePlugin _,
                    Change.UnwantPlugin _,
                    Change.AddRollout _,
                    Change.PutToken _,
                    Change.RevokeToken _,
                    Change.PutWebhook _,
                    Change.RemoveWebhook _,
                    Change.KeepAnswer _,
                    Change.AddArtifact _,
                    Change.AddAudit _ ->
                    OperatorText.write(change, text);
        }
    }

    private static void claim(Change.Claim claim, BatchText text) {
        boolean released = claim.agent() == null;
        text.kind("claim")
                .put("id", claim.conversation().value())
                .put("agent", claim.agent())
                .put("name", released ? null : claim.name())
                .put("at", released ? null : claim.at());
    }

    private static void piece(Change.KeepPiece piece, BatchText text) {
        text.kind("piece")
                .put("hash", Hash.of(piece.account(), piece.group()))
                .put("account", piece.account())
                .put("group", piece.group())
                .put("whole", piece.whole())
                .put("number", piece.number())
                .put("of", piece.of())
                .put("at", piece.receivedAt())
                .put("due", piece.due())
                .put(
                        "checksum",
                        PieceWrites.checksum(
                                piece.account().value(),
                                piece.group(),
                                piece.whole(),
                                piece.number(),
                                piece.of(),
                                Micros.of(piece.receivedAt()),
                                piece.body().toArray()))
                .body(piece.body());
    }

    private static void state(
            AccountId account,
            String key,
            @Nullable Bytes value,
            @Nullable Duration lasts,
            BatchText text) {
        if (value == null) {
            text.kind("drop state").put("account", account).put("key", key);
            return;
        }
        text.kind("put state")
                .put("account", account)
                .put("key", key)
                .put("lasts", lasts == null ? null : micros(lasts))
                .body(value);
    }

    private static long micros(Duration lasts) {
        return lasts.compareTo(LONGEST) > 0
                ? LONGEST.toSeconds() * 1_000_000
                : lasts.toNanos() / 1000;
    }
}
