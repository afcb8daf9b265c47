package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Conversations;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.Reason;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receipts that the host writes itself: what came of a send, as everybody in the conversation is
/// to see it. They are internal: no customer sees them.
final class Receipts {

    /// The extension that names the address really used, where it is another.
    static final String ADDRESS = Draft.OURS + "address";

    private final TimeOrderedIds ids;
    private final InstantSource clock;

    Receipts(TimeOrderedIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// The receipt as an interaction, and what it changes in what is known of the delivery.
    ///
    /// @param part as in [Carriage#part]
    /// @param address the one really used; null: the interaction's
    List<Change> of(
            Interaction about,
            Conversations.Conversation conversation,
            int part,
            Content.Receipt receipt,
            @Nullable String address) {
        var now = clock.instant();
        var builder =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation.id())
                        .customer(conversation.customer())
                        .channel(about.channel())
                        .account(about.account())
                        .line(about.line())
                        .address(about.address())
                        .thread(about.thread())
                        .direction(Direction.INTERNAL)
                        .receivedAt(now)
                        .target(Target.known(about.id(), part))
                        .contents(receipt);
        if (address != null) {
            builder.extension(ADDRESS, Json.string(address));
        }
        Reason reason = receipt.reason();
        return List.of(
                Writing.append(builder.build(), Change.Weight.QUIET),
                new Change.Advance(about.id(), part, "", receipt.status(), reason, now));
    }
}
