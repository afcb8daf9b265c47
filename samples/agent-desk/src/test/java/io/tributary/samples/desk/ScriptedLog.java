package io.tributary.samples.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The conversations of a member without a log file: dense positions, one order, JSON as in the
/// public contract.
///
/// Thread safe.
final class ScriptedLog {

    static final JsonMapper JSON = JsonMapper.shared();

    private final List<ObjectNode> interactions = new ArrayList<>();
    private final Map<String, Talk> talks = new LinkedHashMap<>();

    /// One conversation.
    static final class Talk {
        final String id = UUID.randomUUID().toString();
        final String customer = UUID.randomUUID().toString();
        final String name;
        final String address;
        final Instant openedAt = Instant.now();
        volatile boolean open = true;
        volatile @Nullable ObjectNode holder;

        Talk(String name, String address) {
            this.name = name;
            this.address = address;
        }
    }

    synchronized Talk begin(String name, String address) {
        var talk = new Talk(name, address);
        talks.put(talk.id, talk);
        return talk;
    }

    synchronized @Nullable Talk talk(String id) {
        return talks.get(id);
    }

    /// The customer writes.
    ObjectNode inbound(Talk talk, String text) {
        return append(
                talk, "inbound", actor("customer", talk.address, talk.name), text(text), text);
    }

    /// Something else of the customer's, under its fallback text.
    ObjectNode inbound(Talk talk, ObjectNode part, String fallback) {
        return append(talk, "inbound", actor("customer", talk.address, talk.name), part, fallback);
    }

    /// Tells how far something got.
    ///
    /// @param reason null for none
    ObjectNode receipt(Talk talk, ObjectNode about, String status, @Nullable String reason) {
        ObjectNode part = part("receipt").put("status", status);
        if (reason != null) {
            part.putObject("reason").put("code", "test").put("text", reason);
        }
        ObjectNode made =
                interaction(talk, "inbound", actor("system", null, null), part, "[" + status + "]");
        made.putObject("target").put("interaction", about.get("id").asString());
        return append(made);
    }

    ObjectNode append(
            Talk talk, String direction, ObjectNode actor, ObjectNode part, String fallback) {
        return append(interaction(talk, direction, actor, part, fallback));
    }

    private synchronized ObjectNode append(ObjectNode interaction) {
        interaction.put("position", interactions.size() + 1);
        interactions.add(interaction);
        notifyAll();
        return interaction;
    }

    private static ObjectNode interaction(
            Talk talk, String direction, ObjectNode actor, ObjectNode part, String fallback) {
        ObjectNode made =
                JSON.createObjectNode()
                        .put("id", UUID.randomUUID().toString())
                        .put("conversationId", talk.id)
                        .put("customerId", talk.customer)
                        .put("channel", "pager")
                        .put("account", "pager-us")
                        .put("line", "+18005550100")
                        .put("address", talk.address)
                        .put("direction", direction);
        made.set("actor", actor);
        made.put("occurredAt", Instant.now().toString())
                .put("receivedAt", Instant.now().toString());
        ArrayNode parts = made.putArray("parts");
        if (part.has("parts") && !part.has("type")) {
            parts.addAll((ArrayNode) part.get("parts"));
        } else {
            parts.add(part);
        }
        return made.put("fallbackText", fallback.isEmpty() ? "[empty message]" : fallback);
    }

    static ObjectNode part(String type) {
        return JSON.createObjectNode().put("number", 1).put("type", type);
    }

    static ObjectNode text(String text) {
        return part("text").put("text", text);
    }

    static ObjectNode actor(String kind, @Nullable String id, @Nullable String name) {
        ObjectNode actor = JSON.createObjectNode().put("kind", kind);
        if (id != null) {
            actor.put("id", id);
        }
        if (name != null) {
            actor.put("name", name);
        }
        return actor;
    }

    synchronized long last() {
        return interactions.size();
    }

    /// What came after a position; waits until there is something, for a time at most.
    synchronized List<ObjectNode> after(long position, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (interactions.size() <= position) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return List.of();
            }
            wait(millis);
        }
        return List.copyOf(interactions.subList((int) position, interactions.size()));
    }

    synchronized List<ObjectNode> of(Talk talk) {
        return interactions.stream()
                .filter(each -> each.get("conversationId").asString().equals(talk.id))
                .toList();
    }

    /// The conversations that are open, or closed, newest activity first.
    synchronized List<ObjectNode> page(boolean open) {
        return talks.values().stream()
                .filter(talk -> talk.open == open)
                .map(this::view)
                .sorted(
                        Comparator.comparingLong(
                                        (ObjectNode view) -> view.get("lastPosition").asLong())
                                .reversed())
                .toList();
    }

    synchronized ObjectNode view(Talk talk) {
        List<ObjectNode> all = of(talk);
        ObjectNode view = JSON.createObjectNode().put("id", talk.id);
        view.putObject("customer").put("id", talk.customer).put("name", talk.name);
        view.put("channel", "pager").put("account", "pager-us").put("line", "+18005550100");
        view.put("address", talk.address)
                .put("open", talk.open)
                .put("openedAt", talk.openedAt.toString());
        view.put(
                "lastAt",
                all.isEmpty()
                        ? talk.openedAt.toString()
                        : all.getLast().get("receivedAt").asString());
        view.put("lastPosition", all.isEmpty() ? 0 : all.getLast().get("position").asLong());
        ObjectNode content =
                all.stream()
                        .filter(ScriptedLog::isContent)
                        .reduce((_, later) -> later)
                        .orElse(null);
        view.put("contentPosition", content == null ? 0 : content.get("position").asLong());
        if (content != null) {
            view.set("last", content);
        }
        ObjectNode holder = talk.holder;
        if (holder != null) {
            ObjectNode claim = view.putObject("claim");
            claim.set("agent", holder);
            claim.put("since", Instant.now().toString());
        }
        return view.put("cursor", cursor(last()));
    }

    static boolean isContent(ObjectNode interaction) {
        return switch (interaction.get("parts").get(0).get("type").asString()) {
            case "receipt",
                    "changed",
                    "handover",
                    "edited",
                    "deleted",
                    "reaction",
                    "mediaStored",
                    "mediaFailed" ->
                    false;
            default -> true;
        };
    }

    static ObjectNode event(ObjectNode interaction) {
        String type = interaction.get("parts").get(0).get("type").asString();
        ObjectNode event =
                JSON.createObjectNode()
                        .put("specversion", "1.0")
                        .put("id", interaction.get("id").asString())
                        .put("source", "/accounts/pager-us")
                        .put("type", "io.tributary.interaction." + type + ".v1")
                        .put("time", interaction.get("receivedAt").asString())
                        .put("datacontenttype", "application/json")
                        .put("subject", interaction.get("conversationId").asString())
                        .put("cursor", cursor(interaction.get("position").asLong()));
        event.set("data", interaction);
        return event;
    }

    static String cursor(long position) {
        return "c" + position;
    }
}
