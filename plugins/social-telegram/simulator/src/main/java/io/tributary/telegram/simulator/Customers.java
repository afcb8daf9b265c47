package io.tributary.telegram.simulator;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What those who write to the bot do. A chat with a number below 0 is a group. Thread safe.
public final class Customers {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Updates updates;
    private final Chats chats;
    private final FileShelf shelf;
    private final Methods methods;
    private final AtomicInteger queries = new AtomicInteger();

    Customers(Updates updates, Chats chats, FileShelf shelf, Methods methods) {
        this.updates = updates;
        this.chats = chats;
        this.shelf = shelf;
        this.methods = methods;
    }

    /// Writes a text.
    ///
    /// @return the number of the message
    public long say(long chat, String text) {
        return send(chat, NODES.objectNode().put("text", text));
    }

    /// Sends a message with these members.
    ///
    /// @return the number of the message
    public long send(long chat, ObjectNode members) {
        var message = members.deepCopy();
        message.set("from", user(chat));
        var whole = chats.add(chat, message);
        updates.offer("message", whole.deepCopy());
        return whole.path("message_id").longValue();
    }

    private static ObjectNode user(long chat) {
        long user = Math.abs(chat);
        return NODES.objectNode()
                .put("id", user)
                .put("is_bot", false)
                .put("first_name", "Customer " + user)
                .put("language_code", "en");
    }

    /// Keeps a file and answers how messages describe it.
    ///
    /// @param size what it is said to measure
    public ObjectNode file(String name, byte[] bytes, long size) {
        return shelf.put(name, bytes, size);
    }

    /// Presses the button that bears this data.
    ///
    /// @return the query that the bot has to answer
    public String press(long chat, long message, String data) {
        var query = "query-" + queries.incrementAndGet();
        var pressed = NODES.objectNode().put("id", query);
        pressed.set("from", user(chat));
        var there = chats.find(chat, message);
        if (there != null) {
            pressed.set("message", there.deepCopy());
        }
        pressed.put("chat_instance", "1").put("data", data);
        methods.expectAnswer(query);
        updates.offer("callback_query", pressed);
        return query;
    }

    /// Whether a pressed button still waits for the bot.
    public boolean waits(String query) {
        return methods.isUnanswered(query);
    }

    /// Stops the bot, or starts it again.
    public void block(long chat, boolean now) {
        chats.open(chat);
        chats.block(chat, now);
        var change = NODES.objectNode();
        change.set("chat", Chats.describe(chat));
        change.set("from", user(chat));
        change.put("date", System.currentTimeMillis() / 1000);
        change.putObject("old_chat_member").put("status", now ? "member" : "kicked");
        change.putObject("new_chat_member").put("status", now ? "kicked" : "member");
        updates.offer("my_chat_member", change);
    }

    /// A group becomes a supergroup.
    public void migrate(long group, long supergroup) {
        chats.open(group);
        chats.migrate(group, supergroup);
        send(group, NODES.objectNode().put("migrate_to_chat_id", supergroup));
        send(supergroup, NODES.objectNode().put("migrate_from_chat_id", group));
    }

    /// Puts an update as it stands, but for its number.
    public void update(ObjectNode update) {
        updates.offer(update);
    }

    /// Begins a chat without saying anything.
    public void open(long chat) {
        chats.open(chat);
    }

    /// What is in a chat, in order.
    public List<ObjectNode> chat(long chat) {
        return chats.of(chat);
    }
}
