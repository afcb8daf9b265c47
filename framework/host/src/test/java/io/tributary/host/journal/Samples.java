package io.tributary.host.journal;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Units as the rooms around the journal make them.
final class Samples {

    static final AccountId ACCOUNT = new AccountId("pager-us");
    static final ChannelId CHANNEL = new ChannelId("pager");
    static final String LINE = "+15550100";
    static final Instant AT = MovableClock.START;

    /// Media with these bytes, which are there before they are recorded.
    static Change.MediaKept kept(Journal journal, MediaId id, String type, String text) {
        MediaBytes.Content content = content(id, text.getBytes(StandardCharsets.UTF_8));
        journal.mediaBytes()
                .ifPresent(shared -> {
                    try {
                        shared.put(content, () -> Bytes.utf8(text).asStream());
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
        return new Change.MediaKept(id, type, content.bytes(), content.sha256());
    }

    static MediaBytes.Content content(MediaId id, byte[] bytes) {
        MessageDigest digest = MediaChunks.sha256();
        digest.update(bytes);
        return new MediaBytes.Content(id, MediaChunks.hex(digest), bytes.length);
    }

    static final TimeOrderedIds IDS = TimeOrderedIds.system();

    private Samples() {}

    static Change.OpenConversation opening(ConversationId id, String address) {
        return new Change.OpenConversation(
                id, IDS.customer(), CHANNEL, ACCOUNT, LINE, address, null, "en-US", AT);
    }

    /// A new conversation, stored.
    static ConversationId conversation(Journal journal, String address) {
        ConversationId id = IDS.conversation();
        journal.append(Unit.of(opening(id, address))).join().need();
        return id;
    }

    static Change.Append message(@Nullable ConversationId conversation) {
        return append(conversation, Change.Weight.FROM_CUSTOMER, AT, "hello");
    }

    static Change.Append append(
            @Nullable ConversationId conversation, Change.Weight weight, Instant at, String body) {
        CustomerId customer = conversation == null ? null : new CustomerId(conversation.value());
        Direction direction =
                weight == Change.Weight.FROM_US ? Direction.OUTBOUND : Direction.INBOUND;
        return new Change.Append(
                IDS.interaction(),
                conversation,
                customer,
                CHANNEL,
                ACCOUNT,
                direction,
                "text",
                weight,
                at,
                Bytes.utf8("{\"text\":\"" + body + "\"}"));
    }

    /// The same by the customer's own clock.
    static Change.Append said(Change.Append append, Instant at) {
        return new Change.Append(
                append.id(),
                append.conversation(),
                append.customer(),
                append.channel(),
                append.account(),
                append.direction(),
                append.type(),
                append.weight(),
                append.receivedAt(),
                append.body(),
                at);
    }

    static Change.KeepRaw raw(String body) {
        return new Change.KeepRaw(
                ACCOUNT, CHANNEL, "message", Map.of("line", LINE), Bytes.utf8(body), AT, false);
    }

    static Change.BindReference reference(String externalId, InteractionId to) {
        return new Change.BindReference(ACCOUNT, externalId, to, 1);
    }

    /// One message as a webhook brings it: kept once, with its raw event and the provider's id.
    static Unit webhook(ConversationId conversation, String externalId) {
        Change.Append message = message(conversation);
        return new Unit(
                List.of(
                        new Item(
                                new Item.Once(ACCOUNT, externalId),
                                List.of(
                                        new Expect.ConversationOpen(conversation),
                                        new Expect.NothingParked(ACCOUNT, externalId)),
                                List.of(
                                        message,
                                        raw("raw " + externalId),
                                        reference(externalId, message.id())))));
    }

    static Unit once(String key, Change... changes) {
        return new Unit(
                List.of(new Item(new Item.Once(ACCOUNT, key), List.of(), List.of(changes))));
    }
}
