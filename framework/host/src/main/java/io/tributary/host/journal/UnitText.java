package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Units as the database's functions read them: JSON for what is tested and written, and the bodies
/// beside it in one piece, since most of what comes is bodies.
///
/// The names are those that `R__functions.sql` explains.
final class UnitText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration LONGEST = Duration.ofDays(100_000);
    private static final HexFormat HEX = HexFormat.of();

    private final StringWriter text = new StringWriter(16 * 1024);
    private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text);
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream(64 * 1024);

    private UnitText() {}

    /// A batch, ready to be sent as often as it takes.
    record Encoded(String units, Bytes bodies) {}

    static Encoded of(List<Prepared> units) {
        var writing = new UnitText();
        writing.json.writeStartArray();
        for (Prepared unit : units) {
            writing.json.writeStartArray();
            unit.items.forEach(writing::item);
            writing.json.writeEndArray();
        }
        writing.json.writeEndArray();
        writing.json.close();
        return new Encoded(writing.text.toString(), Bytes.wrap(writing.bodies.toByteArray()));
    }

    private void item(Prepared.Ready ready) {
        json.writeStartObject();
        if (ready.once != null) {
            put("o", ready.once);
        }
        int rawEvents = 0;
        boolean appends = false;
        for (Change change : ready.item.changes()) {
            rawEvents += change instanceof Change.KeepRaw ? 1 : 0;
            appends |= change instanceof Change.Append;
        }
        mark("a", appends);
        mark("r", rawEvents > 0);
        mark("m", rawEvents > 1);
        json.writeArrayPropertyStart("e");
        ready.item.expects().forEach(this::expect);
        json.writeEndArray();
        json.writeArrayPropertyStart("c");
        for (Change change : ready.item.changes()) {
            json.writeStartObject();
            change(change);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    // --- expectations

    private void expect(Expect expect) {
        json.writeStartObject();
        switch (expect) {
            case Expect.ConversationOpen(var id) -> kind("open").put("id", id.value());
            case Expect.NoOpenConversation(var account, var line, var address, var thread) ->
                    kind("no open conversation")
                            .put("account", account)
                            .put("line", line)
                            .put("address", address)
                            .put("thread", thread);
            case Expect.AddressFree(var account, var address) ->
                    kind("address free").put("account", account).put("address", address);
            case Expect.IdentityFree(var type, var value) ->
                    kind("identity free").put("type", type).put("value", value);
            case Expect.ReferenceUnknown(var account, var externalId) ->
                    kind("reference unknown").put("hash", Hash.of(account, externalId));
            case Expect.FirstTime(var account, var key) ->
                    kind("first time").put("hash", Hash.of(account, key));
            case Expect.NothingParked(var account, var externalId) ->
                    kind("nothing parked").put("hash", Hash.of(account, externalId));
            case Expect.StillParked(var id) -> kind("still parked").put("id", id);
            case Expect.PiecesAre(var account, var group, int count, long last) ->
                    kind("pieces are")
                            .put("hash", Hash.of(account, group))
                            .put("count", count)
                            .put("last", last);
            case Expect.SegmentsAre(var interaction, int part, long version) ->
                    kind("segments are")
                            .put("interaction", interaction.value())
                            .put("part", part)
                            .put("version", version);
            case Expect.StateVersion(var account, var key, var version) ->
                    kind("state version")
                            .put("account", account)
                            .put("key", key)
                            .put("version", version);
            case Expect.NothingNewAfter(var id, var position) ->
                    kind("nothing new after").put("id", id.value()).put("position", position);
            case Expect.SendIs(var id, var state, var attempt, var epoch) ->
                    kind("send is")
                            .put("id", id)
                            .put("state", state)
                            .put("attempt", attempt)
                            .put("epoch", epoch);
            case Expect.ClaimFree(var id, var agent) ->
                    kind("claim free").put("id", id.value()).put("agent", agent);
            case Expect.AccountVersion(var account, var version) ->
                    kind("account version").put("account", account).put("version", version);
            case Expect.KeyUnused(var principal, var key) ->
                    kind("key unused").put("principal", principal).put("key", key);
            case Expect.DeadLetterOpen(var id) -> kind("dead letter open").put("id", id);
            case Expect.CustomerUnmerged(var customer) ->
                    kind("customer unmerged").put("id", customer.value());
        }
        json.writeEndObject();
    }

    // --- changes

    private void change(Change change) {
        switch (change) {
            case Change.Append append ->
                    kind("append")
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
                            .body(append.body());
            case Change.KeepRaw event ->
                    kind("raw")
                            .put("account", event.account())
                            .put("channel", event.channel().value())
                            .put("kind", event.kind())
                            .put("notes", Notes.write(event.notes()))
                            .put("at", event.receivedAt())
                            .put("piece", event.piece())
                            .body(event.body());
            case Change.BindReference bound ->
                    kind("reference")
                            .put("hash", Hash.of(bound.account(), bound.externalId()))
                            .put("account", bound.account())
                            .put("external", bound.externalId())
                            .put("interaction", bound.interaction().value())
                            .put("part", bound.part());
            case Change.OpenConversation open ->
                    kind("open")
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
                    kind("close").put("id", id.value()).put("at", at);
            case Change.Claim claim -> claim(claim);
            case Change.AddCustomer(var id, var name, var at) ->
                    kind("customer").put("id", id.value()).put("name", name).put("at", at);
            case Change.NameCustomer(var id, var name) ->
                    kind("name").put("id", id.value()).put("name", name);
            case Change.BindAddress(var account, var address, var primary, var customer) ->
                    kind("address")
                            .put("account", account)
                            .put("address", address)
                            .put("primary", primary)
                            .put("customer", customer.value());
            case Change.BindIdentity(var type, var value, var customer, var evidence, var at) ->
                    kind("identity")
                            .put("type", type)
                            .put("value", value)
                            .put("customer", customer.value())
                            .put("evidence", evidence)
                            .put("at", at);
            case Change.MergeCustomer(var from, var into) ->
                    kind("merge")
                            .put("from", from.value())
                            .put("into", into == null ? null : into.value());
            case Change.SetConsent consent ->
                    kind("consent")
                            .put("customer", consent.customer().value())
                            .put("account", consent.account())
                            .put("address", consent.address())
                            .put("purpose", consent.purpose())
                            .put("granted", consent.granted())
                            .put("at", consent.at());
            case Change.Park(var account, var externalId, var at, var body) ->
                    kind("park")
                            .put("hash", Hash.of(account, externalId))
                            .put("account", account)
                            .put("external", externalId)
                            .put("at", at)
                            .body(body);
            case Change.Unpark(var id) -> kind("unpark").put("id", id);
            case Change.KeepPiece piece -> piece(piece);
            case Change.PostponePieces(var account, var group, int whole, var due) ->
                    kind("postpone pieces")
                            .put("hash", Hash.of(account, group))
                            .put("whole", whole)
                            .put("due", due);
            case Change.DropPieces(var account, var group, int whole) ->
                    kind("drop pieces").put("hash", Hash.of(account, group)).put("whole", whole);
            case Change.SeePrint(var account, var print, var at, var until) ->
                    kind("print")
                            .put("hash", Hash.of(account, print))
                            .put("at", at)
                            .put("until", until);
            case Change.AddDeadLetter letter ->
                    kind("dead letter")
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
                    kind("close dead letter").put("id", id).put("replayed", replayed).put("at", at);
            case Change.PutState(var account, var key, var value, var lasts) ->
                    state(account, key, value, lasts);
            case Change.Enqueue send ->
                    kind("enqueue")
                            .put("key", send.key())
                            .put("interaction", send.interaction().value())
                            .put("conversation", send.conversation().value())
                            .put("account", send.account())
                            .put("first", send.firstPart())
                            .put("parts", send.parts())
                            .put("expires", send.expiresAt());
            case Change.MoveSend move ->
                    kind("move send")
                            .put("id", move.id())
                            .put("state", move.state())
                            .put("attempt", move.attempt())
                            .put("epoch", move.epoch())
                            .put("not before", move.notBefore())
                            .reason(move.reason());
            case Change.Advance advance ->
                    kind("advance")
                            .put("interaction", advance.interaction().value())
                            .put("part", advance.part())
                            .put("recipient", advance.recipient())
                            .put("status", advance.status())
                            .reason(advance.reason())
                            .put("at", advance.at());
            case Change.AddSegment(var interaction, int part, var externalId) ->
                    kind("segment")
                            .put("interaction", interaction.value())
                            .put("part", part)
                            .put("external", externalId);
            case Change.AdvanceSegment segment ->
                    kind("advance segment")
                            .put("interaction", segment.interaction().value())
                            .put("part", segment.part())
                            .put("external", segment.externalId())
                            .put("recipient", segment.recipient())
                            .put("status", segment.status());
            case Change.AddMedia(var id, var account, var name, var type, var at) ->
                    kind("media")
                            .put("id", id.value())
                            .put("account", account)
                            .put("name", name)
                            .put("type", type)
                            .put("at", at);
            case Change.MediaKept(var id, var type, long bytes, var sha256) ->
                    kind("media kept")
                            .put("id", id.value())
                            .put("type", type)
                            .put("bytes", bytes)
                            .put("sha256", sha256);
            case Change.MediaLost(var id, var reason) ->
                    kind("media lost").put("id", id.value()).reason(reason);
            case Change.UseMedia(var id, var at) ->
                    kind("media used").put("id", id.value()).put("at", at);
            case Change.AddFetch fetch ->
                    kind("fetch")
                            .put("media", fetch.media().value())
                            .put("account", fetch.account())
                            .put("interaction", fetch.interaction().value())
                            .put("part", fetch.part())
                            .put("place", fetch.fetch())
                            .put("at", fetch.at());
            case Change.MoveFetch(var media, int attempt, var notBefore) ->
                    kind("move fetch")
                            .put("media", media.value())
                            .put("attempt", attempt)
                            .put("not before", notBefore);
            case Change.DeviceCame came ->
                    kind("device came")
                            .put("account", came.account())
                            .put("device", came.device())
                            .put("socket", came.socket())
                            .put("epoch", came.epoch())
                            .put("at", came.at());
            case Change.DeviceWent went ->
                    kind("device went")
                            .put("account", went.account())
                            .put("device", went.device())
                            .put("socket", went.socket())
                            .put("at", went.at());
            case Change.ReachThrough reach ->
                    kind("reach")
                            .put("account", reach.account())
                            .put("address", reach.address())
                            .put("device", reach.device())
                            .put("at", reach.at())
                            .put("stale", reach.at().minus(DeviceWrites.AS_GOOD_AS_NOW));
            case Change.PutAccount account ->
                    kind("account")
                            .put("account", account.account())
                            .put("channel", account.channel().value())
                            .put("config", account.config())
                            .put("enabled", account.enabled())
                            .put("at", account.at())
                            .body(account.sealedSecrets());
            case Change.RemoveAccount(var account) ->
                    kind("remove account").put("account", account);
            case Change.WantPlugin(var wanted) -> wanted(wanted);
            case Change.UnwantPlugin(var plugin) -> kind("unwant plugin").put("plugin", plugin);
            case Change.AddRollout(var rollout) -> rollout(rollout);
            case Change.PutToken(var token) -> token(token);
            case Change.RevokeToken(var id, var at) ->
                    kind("revoke token").put("id", id).put("at", at);
            case Change.KeepAnswer answer ->
                    kind("answer")
                            .put("principal", answer.principal())
                            .put("key", answer.key())
                            .put("fingerprint", answer.fingerprint())
                            .put("status", answer.status())
                            .put("at", answer.at())
                            .body(answer.body());
            case Change.AddArtifact(var artifact) -> artifact(artifact);
            case Change.AddAudit audit -> audit(audit);
        }
    }

    private void claim(Change.Claim claim) {
        boolean released = claim.agent() == null;
        kind("claim")
                .put("id", claim.conversation().value())
                .put("agent", claim.agent())
                .put("name", released ? null : claim.name())
                .put("at", released ? null : claim.at());
    }

    private void piece(Change.KeepPiece piece) {
        kind("piece")
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

    private void state(
            AccountId account, String key, @Nullable Bytes value, @Nullable Duration lasts) {
        if (value == null) {
            kind("drop state").put("account", account).put("key", key);
            return;
        }
        kind("put state")
                .put("account", account)
                .put("key", key)
                .put("lasts", lasts == null ? null : micros(lasts))
                .body(value);
    }

    /// As long as anybody can mean, so that a time can be added to it.
    private static long micros(Duration lasts) {
        return lasts.compareTo(LONGEST) > 0
                ? LONGEST.toSeconds() * 1_000_000
                : lasts.toNanos() / 1000;
    }

    private void wanted(PluginRecords.Wanted wanted) {
        kind("want plugin")
                .put("plugin", wanted.plugin())
                .put("version", wanted.version())
                .put("sha256", wanted.sha256())
                .put("before", wanted.before())
                .put("highest", wanted.highest())
                .put("watched", wanted.watched())
                .put("at", wanted.changedAt())
                .put("by", wanted.changedBy());
    }

    private void rollout(PluginRecords.Rollout rollout) {
        kind("rollout")
                .put("plugin", rollout.plugin())
                .put("from", rollout.from())
                .put("to", rollout.to())
                .put("sha256", rollout.sha256())
                .put("outcome", rollout.outcome())
                .put("reason", rollout.reason())
                .put("actor", rollout.actor())
                .put("began", rollout.began())
                .put("ended", rollout.ended());
    }

    private void token(Tokens.Token token) {
        kind("token")
                .put("id", token.id())
                .put("name", token.name())
                .put("hash", hex(token.hash().toArray()))
                .put("scopes", lines(token.scopes()))
                .put("accounts", lines(token.accounts().stream().map(AccountId::value).toList()))
                .put("created", token.createdAt())
                .put("revoked", token.revokedAt());
    }

    private void artifact(PluginArtifacts.Artifact artifact) {
        var about = artifact.about();
        kind("artifact")
                .put("sha256", about.sha256())
                .put("signer", about.signer())
                .put("plugin", about.id())
                .put("version", about.version())
                .put("manifest", about.manifest())
                .put("at", about.addedAt())
                .put("by", about.addedBy())
                .body(artifact.bytes());
    }

    private void audit(Change.AddAudit audit) {
        long at = Micros.of(audit.at());
        kind("audit")
                .put("at", at)
                .put("actor", audit.actor())
                .put("action", audit.action())
                .put("target", audit.target())
                .put("detail", audit.detail())
                .body(
                        Bytes.wrap(
                                AuditChain.link(
                                        at,
                                        audit.actor(),
                                        audit.action(),
                                        audit.target(),
                                        audit.detail())));
    }

    private static String lines(Collection<String> texts) {
        return String.join("\n", texts.stream().sorted().toList());
    }

    // --- values

    private UnitText kind(String name) {
        json.writeStringProperty("k", name);
        return this;
    }

    private void mark(String name, boolean present) {
        if (present) {
            json.writeNumberProperty(name, 1);
        }
    }

    /// What is null is left out: the functions read the same.
    private UnitText put(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, PlainText.escape(value));
        }
        return this;
    }

    private UnitText put(String name, AccountId account) {
        json.writeStringProperty(name, account.value());
        return this;
    }

    private UnitText put(String name, Enum<?> constant) {
        json.writeStringProperty(name, constant.name());
        return this;
    }

    private UnitText put(String name, long number) {
        json.writeNumberProperty(name, number);
        return this;
    }

    private UnitText put(String name, boolean flag) {
        json.writeNumberProperty(name, flag ? 1 : 0);
        return this;
    }

    private UnitText put(String name, @Nullable Instant instant) {
        if (instant != null) {
            json.writeNumberProperty(name, Micros.of(instant));
        }
        return this;
    }

    private UnitText put(String name, @Nullable Long number) {
        if (number != null) {
            json.writeNumberProperty(name, number.longValue());
        }
        return this;
    }

    private UnitText put(String name, @Nullable UUID id) {
        if (id != null) {
            json.writeStringProperty(
                    name,
                    "\\x"
                            + HEX.toHexDigits(id.getMostSignificantBits())
                            + HEX.toHexDigits(id.getLeastSignificantBits()));
        }
        return this;
    }

    private UnitText put(String name, Hash hash) {
        json.writeStringProperty(
                name, "\\x" + HEX.toHexDigits(hash.high()) + HEX.toHexDigits(hash.low()));
        return this;
    }

    private UnitText reason(@Nullable Reason reason) {
        return reason == null ? this : put("code", reason.code()).put("text", reason.text());
    }

    /// Beside the text; counted from 1.
    private void body(Bytes body) {
        byte[] bytes = body.toArray();
        json.writeArrayPropertyStart("b");
        json.writeNumber(bodies.size() + 1);
        json.writeNumber(bytes.length);
        json.writeEndArray();
        bodies.writeBytes(bytes);
    }

    private static String hex(byte[] bytes) {
        return "\\x" + HEX.formatHex(bytes);
    }
}
