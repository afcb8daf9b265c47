package io.tributary.host.api;

import io.tributary.host.http.Request;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.outbound.Draft;
import io.tributary.host.outbound.FallbackPlan;
import io.tributary.host.outbound.Reply;
import io.tributary.json.InteractionJson;
import io.tributary.json.InvalidJson;
import io.tributary.json.JsonProblem;
import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Drafts as requests say them.
final class DraftJson {

    private static final int MOST_PARTS = 50;

    private DraftJson() {}

    /// A reply, and what is tried where it does not arrive.
    ///
    /// @param plan null: nothing
    record Planned(Reply reply, @Nullable FallbackPlan plan) {}

    /// A reply to the conversation, read whole.
    static Planned reply(Request request, Conversations.Conversation conversation) {
        RequestJson body = RequestJson.of(request);
        List<Part> parts = parts(body);
        Actors.Named agent = Actors.of(body, request.principal());
        Long expected = body.number("expectedPosition");
        String account = body.text("account");
        String line = body.text("line");
        String address = body.text("address");
        UUID inReplyTo = body.uuid("inReplyTo");
        UUID target = body.uuid("target");
        Duration life = life(body);
        Priority priority = priority(body);
        FallbackPlan plan = FallbackDraft.of(body, request.principal());
        if (account != null && !account.equals(conversation.account().value())) {
            body.error(
                    "/account",
                    "must be '"
                            + conversation.account()
                            + "': to go on elsewhere, begin a conversation there");
        }
        body.finish();
        Draft draft = draft(request, parts, agent, life).priority(priority);
        Reply reply =
                Reply.of(conversation.id(), draft)
                        .expecting(expected)
                        .via(line, address)
                        .answering(inReplyTo == null ? null : new InteractionId(inReplyTo))
                        .about(target == null ? null : new InteractionId(target));
        return new Planned(reply, plan);
    }

    static Draft draft(
            Request request, List<Part> parts, Actors.Named agent, @Nullable Duration life) {
        return new Draft(
                parts,
                agent.actor(),
                life,
                Priority.NORMAL,
                Map.of(),
                request.trace(),
                IdempotencyKey.of(request));
    }

    static List<Part> parts(RequestJson body) {
        JsonNode list = body.node("parts");
        List<Part> parts = new ArrayList<>();
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_PARTS) {
            body.error("/parts", "must be a list of 1 to 50 parts");
            return parts;
        }
        for (int i = 0; i < list.size(); i++) {
            Content content = content(body, list.get(i), i);
            if (content != null) {
                parts.add(new Part(parts.size() + 1, content));
            }
        }
        return parts;
    }

    private static @Nullable Content content(RequestJson body, JsonNode node, int index) {
        try {
            return InteractionJson.decodeContentStrictly(RequestJson.JSON.writeValueAsBytes(node));
        } catch (InvalidJson invalid) {
            for (JsonProblem each : invalid.problems()) {
                body.error("/parts/" + index + each.pointer(), each.text());
            }
            return null;
        }
    }

    static Priority priority(RequestJson body) {
        String text = body.text("priority");
        if (text == null || text.equals("normal")) {
            return Priority.NORMAL;
        }
        if (!text.equals("bulk")) {
            body.error("/priority", "must be normal or bulk");
        }
        return Priority.BULK;
    }

    static @Nullable Duration life(RequestJson body) {
        String text = body.text("timeToLive");
        if (text == null) {
            return null;
        }
        try {
            Duration life = Duration.parse(text);
            if (life.isPositive() && life.compareTo(Duration.ofDays(30)) <= 0) {
                return life;
            }
        } catch (DateTimeParseException wrong) {
            body.error("/timeToLive", "must be an ISO-8601 duration such as PT1H");
            return null;
        }
        body.error("/timeToLive", "must be more than nothing and at most P30D");
        return null;
    }
}
