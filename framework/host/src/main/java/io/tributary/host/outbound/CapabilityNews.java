package io.tributary.host.outbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Tells the stream what can be sent from now on, and what soon cannot any more: each once,
/// whichever member tells it. Blocking.
final class CapabilityNews {

    private static final String KEY = "tributary.watch/";

    private final Journal journal;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    CapabilityNews(Journal journal, TimeOrderedIds ids, InstantSource clock) {
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /// What can be sent is not what it was.
    ///
    /// @param revision of what was told before
    /// @param closesAt the end of the window that is open; null: none is
    /// @return whether it is told; else something was said meanwhile, and it is to be looked at
    ///   anew
    boolean changed(
            Conversation conversation, String version, long revision, @Nullable Instant closesAt)
            throws InterruptedException {
        var details = new LinkedHashMap<String, String>();
        details.put("version", version);
        if (closesAt != null) {
            details.put("closesAt", closesAt.toString());
        }
        return tell(conversation, details, "version/" + revision + "/" + version);
    }

    /// The window closes soon.
    ///
    /// @param lead which of the times before its end this is
    /// @return as above
    boolean closing(Conversation conversation, String version, Instant closesAt, Duration lead)
            throws InterruptedException {
        var left = Duration.between(clock.instant(), closesAt);
        return tell(
                conversation,
                Map.of(
                        "version",
                        version,
                        "closesAt",
                        closesAt.toString(),
                        "left",
                        Duration.ofSeconds(left.toSeconds()).toString()),
                "window/" + closesAt + "/" + lead);
    }

    private boolean tell(Conversation conversation, Map<String, String> details, String what)
            throws InterruptedException {
        var now = clock.instant();
        var news =
                Interaction.builder()
                        .id(ids.interaction())
                        .conversation(conversation.id())
                        .customer(conversation.customer())
                        .channel(conversation.channel())
                        .account(conversation.account())
                        .line(conversation.line())
                        .address(conversation.address())
                        .thread(conversation.thread())
                        .direction(Direction.INTERNAL)
                        .actor(Actor.SYSTEM)
                        .occurredAt(now)
                        .receivedAt(now)
                        .contents(new Content.Changed(Content.Changed.What.CAPABILITIES, details))
                        .build();
        var item =
                new Item(
                        new Item.Once(conversation.account(), KEY + conversation.id() + "/" + what),
                        List.of(
                                new Expect.ConversationOpen(conversation.id()),
                                new Expect.NothingNewAfter(
                                        conversation.id(), conversation.contentPosition())),
                        List.of(Writing.append(news, Change.Weight.QUIET)));
        try {
            return journal.append(new Unit(List.of(item))).get() instanceof Commit.Done;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw new JournalUnavailable("the journal failed to store what changed", failure);
        }
    }
}
