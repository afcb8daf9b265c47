package io.tributary.telegram.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The chats of one bot and their messages. Thread safe.
final class Chats {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Map<Long, Map<Long, ObjectNode>> messages = new HashMap<>();
    private final Map<Long, Long> migrated = new HashMap<>();
    private final Set<Long> blocked = new HashSet<>();
    private final Map<Long, List<Long>> sentAt = new HashMap<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private int perSecond;

    /// Somebody begins to talk to the bot, or a group takes it in.
    synchronized void open(long chat) {
        messages.computeIfAbsent(chat, _ -> new HashMap<>());
    }

    synchronized void block(long chat, boolean now) {
        if (now) {
            blocked.add(chat);
        } else {
            blocked.remove(chat);
        }
    }

    synchronized void migrate(long from, long to) {
        open(to);
        migrated.put(from, to);
    }

    /// How many messages a second a chat takes; 0: any number.
    synchronized void limit(int messagesPerSecond) {
        perSecond = messagesPerSecond;
    }

    static ObjectNode describe(long chat) {
        var described = JsonNodeFactory.instance.objectNode().put("id", chat);
        return chat < 0
                ? described
                        .put("type", chat < -1_000_000_000_000L ? "supergroup" : "group")
                        .put("title", "Group " + -chat)
                : described.put("type", "private").put("first_name", "Customer " + chat);
    }

    /// Whether the bot may write there.
    synchronized void checkWritable(long chat) throws Refused {
        var elsewhere = migrated.get(chat);
        if (elsewhere != null) {
            throw Refused.migrated(elsewhere);
        }
        if (!messages.containsKey(chat)) {
            throw Refused.bad("chat not found");
        }
        if (blocked.contains(chat)) {
            throw new Refused(
                    403,
                    chat < 0
                            ? "Forbidden: bot was kicked from the group chat"
                            : "Forbidden: bot was blocked by the user");
        }
        flood(chat);
    }

    private void flood(long chat) throws Refused {
        if (perSecond > 0) {
            long now = System.nanoTime();
            var times = sentAt.computeIfAbsent(chat, _ -> new ArrayList<>());
            times.removeIf(time -> now - time > NANOS_PER_SECOND);
            if (times.size() >= perSecond) {
                throw Refused.tooMany(1);
            }
            times.add(now);
        }
    }

    /// Puts a message into a chat, under its next number: each chat counts its own.
    synchronized ObjectNode add(long chat, ObjectNode message) {
        open(chat);
        long number = numbers.merge(chat, 1L, Long::sum);
        var whole = JsonNodeFactory.instance.objectNode().put("message_id", number);
        whole.set("chat", describe(chat));
        whole.put("date", System.currentTimeMillis() / 1000);
        whole.setAll(message);
        Objects.requireNonNull(messages.get(chat)).put(number, whole);
        return whole;
    }

    synchronized @Nullable ObjectNode find(long chat, long number) {
        return messages.getOrDefault(chat, Map.of()).get(number);
    }

    synchronized boolean remove(long chat, long number) {
        var there = messages.get(chat);
        return there != null && there.remove(number) != null;
    }

    /// What is in a chat now, in order.
    synchronized List<ObjectNode> of(long chat) {
        return messages.getOrDefault(chat, Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().deepCopy())
                .toList();
    }
}
