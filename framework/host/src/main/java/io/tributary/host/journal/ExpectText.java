package io.tributary.host.journal;

import java.util.Set;
import java.util.stream.Collectors;

/// Expectations as the database's functions read them.
final class ExpectText {

    private ExpectText() {}

    static void write(Expect expect, BatchText text) {
        switch (expect) {
            case Expect.ConversationOpen(var id) -> text.kind("open").put("id", id.value());
            case Expect.NoOpenConversation(var account, var line, var address, var thread) ->
                    text.kind("no open conversation")
                            .put("account", account)
                            .put("line", line)
                            .put("address", address)
                            .put("thread", thread);
            case Expect.AddressFree(var account, var address) ->
                    text.kind("address free").put("account", account).put("address", address);
            case Expect.IdentityFree(var type, var value) ->
                    text.kind("identity free").put("type", type).put("value", value);
            case Expect.ReferenceUnknown(var account, var externalId) ->
                    text.kind("reference unknown").put("hash", Hash.of(account, externalId));
            case Expect.FirstTime(var account, var key) ->
                    text.kind("first time").put("hash", Hash.of(account, key));
            case Expect.NothingParked(var account, var externalId) ->
                    text.kind("nothing parked").put("hash", Hash.of(account, externalId));
            case Expect.StillParked(var id) -> text.kind("still parked").put("id", id);
            case Expect.PiecesAre(var account, var group, int count, long last) ->
                    text.kind("pieces are")
                            .put("hash", Hash.of(account, group))
                            .put("count", count)
                            .put("last", last);
            case Expect.SegmentsAre(var interaction, int part, long version) ->
                    text.kind("segments are")
                            .put("interaction", interaction.value())
                            .put("part", part)
                            .put("version", version);
            case Expect.StateVersion(var account, var key, var version) ->
                    text.kind("state version")
                            .put("account", account)
                            .put("key", key)
                            .put("version", version);
            case Expect.NothingNewAfter(var id, var position) ->
                    text.kind("nothing new after").put("id", id.value()).put("position", position);
            case Expect.SendIs(var id, var state, var attempt, var epoch, var waits) ->
                    text.kind("send is")
                            .put("id", id)
                            .put("state", state)
                            .put("attempt", attempt)
                            .put("epoch", epoch)
                            .put("waits", waits);
            case Expect.NotArrived(var interaction, var parts) ->
                    text.kind("not arrived")
                            .put("interaction", interaction.value())
                            .put("parts", list(parts));
            case Expect.NotReached(var interaction, var status) ->
                    text.kind("not reached")
                            .put("interaction", interaction.value())
                            .put("status", status);
            case Expect.FallbackIs(var first, long version) ->
                    text.kind("fallback is").put("first", first.value()).put("version", version);
            case Expect.CorrectionIs(var interaction, var digest) -> {
                text.kind("correction is").put("interaction", interaction.value());
                if (digest != null) {
                    text.put("digest", digest);
                }
            }
            case Expect.SlotIs(var account, int slot, long epoch) ->
                    text.kind("slot is")
                            .put("account", account)
                            .put("slot", slot)
                            .put("epoch", epoch);
            case Expect.DeviceIs(var account, var device, var socket) ->
                    text.kind("device is")
                            .put("account", account)
                            .put("device", device)
                            .put("socket", socket);
            case Expect.FetchIs(var media, long claim) ->
                    text.kind("fetch is").put("media", media.value()).put("claim", claim);
            case Expect.ClaimFree(var id, var agent) ->
                    text.kind("claim free").put("id", id.value()).put("agent", agent);
            case Expect.AccountVersion(var account, var version) ->
                    text.kind("account version").put("account", account).put("version", version);
            case Expect.WebhookVersion(var id, var version) ->
                    text.kind("webhook version").put("id", id).put("version", version);
            case Expect.KeyUnused(var principal, var key) ->
                    text.kind("key unused").put("principal", principal).put("key", key);
            case Expect.PluginsAre(var rows) ->
                    text.kind("plugins are").put("rows", PluginTables.lines(rows));
            case Expect.DeadLetterOpen(var id) -> text.kind("dead letter open").put("id", id);
            case Expect.CustomerUnmerged(var customer) ->
                    text.kind("customer unmerged").put("id", customer.value());
        }
    }

    private static String list(Set<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    }
}
