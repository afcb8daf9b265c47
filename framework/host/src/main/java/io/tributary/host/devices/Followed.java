package io.tributary.host.devices;

import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Row;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what is said with one end, as that end may see it: both directions, and that the
/// conversation was closed; nothing of what our side keeps to itself. Blocking.
record Followed(Journal journal) {

    /// More conversations with one end are not looked at than those that were opened last.
    private static final int MOST_CONVERSATIONS = 64;

    /// What the host keeps in interactions for itself.
    private static final String OURS = "tributary.";

    /// A stretch of the log.
    ///
    /// @param interactions in order
    /// @param seen everything up to this position was looked at
    record Stretch(List<Interaction> interactions, long seen) {}

    /// The end's primary address; the address itself where nobody is known by it yet.
    String primary(AccountId account, String address) {
        return journal.directory()
                .end(account, address)
                .map(Directory.End::primary)
                .orElse(address);
    }

    /// The next with the end after a position; empty where there is nothing more for now.
    Stretch after(AccountId account, String primary, long position, int limit) {
        var rows = new ArrayList<Row>();
        long complete = Long.MAX_VALUE;
        for (ConversationId id :
                journal.conversations().with(account, primary, MOST_CONVERSATIONS)) {
            if (lastPosition(id) > position) {
                var read = journal.conversations().interactions(id, position, limit);
                rows.addAll(read);
                if (read.size() == limit) {
                    complete = Math.min(complete, read.getLast().position());
                }
            }
        }
        // beyond that, others of a conversation that was cut off may be missing in between
        long end = complete;
        rows.removeIf(row -> row.position() > end);
        rows.sort(Comparator.comparingLong(Row::position));
        var interactions = new ArrayList<Interaction>();
        for (Row row : rows) {
            var shown = shown(InteractionJson.decode(row.body().toArray(), row.position()));
            if (shown != null) {
                interactions.add(shown);
            }
        }
        return new Stretch(interactions, rows.isEmpty() ? position : rows.getLast().position());
    }

    private long lastPosition(ConversationId id) {
        return journal.conversations()
                .byId(id)
                .map(Conversations.Conversation::lastPosition)
                .orElse(0L);
    }

    /// The interaction as customers may see it; null: not at all.
    private static @Nullable Interaction shown(Interaction interaction) {
        if (interaction.direction() != Direction.INTERNAL) {
            return interaction.extensions().keySet().stream().noneMatch(Followed::ours)
                    ? interaction
                    : interaction.toBuilder().extensions(theirs(interaction)).build();
        }
        return interaction.content() instanceof Content.Changed changed
                        && changed.what() == Content.Changed.What.CLOSED
                ? interaction.toBuilder()
                        .actor(Actor.SYSTEM)
                        .contents(new Content.Changed(Content.Changed.What.CLOSED, Map.of()))
                        .extensions(Map.of())
                        .fallbackText(null)
                        .build()
                : null;
    }

    private static boolean ours(String extension) {
        return extension.startsWith(OURS);
    }

    private static Map<String, io.tributary.model.Json> theirs(Interaction interaction) {
        var theirs = new LinkedHashMap<>(interaction.extensions());
        theirs.keySet().removeIf(Followed::ours);
        return theirs;
    }
}
