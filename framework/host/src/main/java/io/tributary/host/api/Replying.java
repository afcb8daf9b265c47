package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.Draft;
import io.tributary.host.outbound.Opening;
import io.tributary.host.outbound.Posted;
import io.tributary.host.outbound.Replies;
import io.tributary.host.outbound.Reply;
import io.tributary.json.InteractionJson;
import io.tributary.json.InvalidJson;
import io.tributary.json.JsonProblem;
import io.tributary.model.AccountId;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.Part;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Replies, and conversations that our side begins.
final class Replying {

    private static final long LIMIT = 256 * 1024;
    private static final int MOST_PARTS = 50;
    private static final int LONGEST_KEY = 200;

    private final Journal journal;
    private final Replies replies;

    Replying(Journal journal, Replies replies) {
        this.journal = journal;
        this.replies = replies;
    }

    void add(Routes routes) {
        routes.add(
                "POST",
                "/v1/conversations/{id}/interactions",
                Scope.INTERACTIONS_WRITE,
                LIMIT,
                this::reply);
        routes.add("POST", "/v1/conversations", Scope.INTERACTIONS_WRITE, LIMIT, this::start);
    }

    private Answer reply(Request request) throws InterruptedException {
        ConversationId id = Ids.conversation(request);
        Conversations.Conversation conversation =
                Seen.conversation(journal, request.principal(), id);
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
        if (account != null && !account.equals(conversation.account().value())) {
            body.error(
                    "/account",
                    "must be '"
                            + conversation.account()
                            + "': to go on elsewhere, begin a conversation there");
        }
        body.finish();
        Draft draft = draft(request, parts, agent, life);
        Reply reply = Reply.of(conversation.id(), draft).expecting(expected).via(line, address);
        if (inReplyTo != null) {
            reply = reply.answering(new InteractionId(inReplyTo));
        }
        if (target != null) {
            reply = reply.about(new InteractionId(target));
        }
        return answer(replies.post(reply));
    }

    private Answer start(Request request) throws InterruptedException {
        RequestJson body = RequestJson.of(request);
        List<Part> parts = parts(body);
        Actors.Named agent = Actors.of(body, request.principal());
        String account = body.needText("account");
        String address = body.needText("address");
        String line = body.text("line");
        Duration life = life(body);
        body.finish();
        AccountId through = accountId(account, request.principal());
        if (through == null) {
            throw Ids.notFound("account");
        }
        return answer(
                replies.start(
                        new Opening(
                                through, address, line, null, draft(request, parts, agent, life))));
    }

    private static @Nullable AccountId accountId(@Nullable String text, Principal principal) {
        if (text == null) {
            return null;
        }
        try {
            AccountId id = new AccountId(text);
            if (principal.sees(id)) {
                return id;
            }
        } catch (IllegalArgumentException wrong) {
            throw Ids.notFound("account");
        }
        throw Ids.notFound("account");
    }

    private static Draft draft(
            Request request, List<Part> parts, Actors.Named agent, @Nullable Duration life) {
        return new Draft(
                parts, agent.actor(), life, Map.of(), request.trace(), idempotency(request));
    }

    private static Draft.@Nullable Idempotency idempotency(Request request) {
        String key = request.header("idempotency-key");
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Problem(
                    ProblemType.MALFORMED, "Idempotency-Key must have 1 to 200 characters.");
        }
        return new Draft.Idempotency(request.principal().id(), key, fingerprint(request));
    }

    private static String fingerprint(Request request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.method() + " " + request.path() + "\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            digest.update(request.body().toArray());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Part> parts(RequestJson body) {
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

    private static @Nullable Duration life(RequestJson body) {
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

    private static Answer answer(Posted posted) {
        return switch (posted) {
            case Posted.Taken taken ->
                    Answer.json(202, InteractionJson.encodeWithPosition(taken.interaction()));
            case Posted.Refused refused -> throw problem(refused);
        };
    }

    private static Problem problem(Posted.Refused refused) {
        return switch (refused) {
            case Posted.Refused.NoSuchConversation _ -> Ids.notFound("conversation");
            case Posted.Refused.NoSuchAccount _ -> Ids.notFound("account");
            case Posted.Refused.AccountDown down ->
                    new Problem(
                                    ProblemType.UNAVAILABLE,
                                    "Account '" + down.account() + "' is down: " + down.why())
                            .header("Retry-After", "30");
            case Posted.Refused.Closed _ ->
                    new Problem(ProblemType.CLOSED, "The conversation has ended; begin a new one.");
            case Posted.Refused.Claimed claimed ->
                    new Problem(
                                    ProblemType.CLAIMED,
                                    "Agent '" + claimed.by() + "' holds the conversation.")
                            .with("claimedBy", claimed.by());
            case Posted.Refused.NewerContent newer ->
                    new Problem(
                                    ProblemType.NEWER_CONTENT,
                                    "There is content after `expectedPosition`, from #"
                                            + newer.position()
                                            + " on.")
                            .with("position", newer.position());
            case Posted.Refused.CannotSend cannot ->
                    listed(ProblemType.CANNOT_SEND, cannot.problems());
            case Posted.Refused.Invalid invalid -> listed(ProblemType.INVALID, invalid.problems());
            case Posted.Refused.AlreadyOpen open ->
                    new Problem(
                                    ProblemType.CONFLICT,
                                    "There is an open conversation with this address: reply there.")
                            .with("conversation", open.id().toString());
            case Posted.Refused.KeyReused _ ->
                    new Problem(
                            ProblemType.KEY_REUSED,
                            "This Idempotency-Key came with another request before.");
            case Posted.Refused.AnswerDropped _ ->
                    new Problem(
                            ProblemType.CONFLICT,
                            "The request was taken long ago; what it brought is no longer kept.");
        };
    }

    private static Problem listed(ProblemType type, List<Posted.Problem> problems) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Posted.Problem each : problems) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("pointer", each.part() == 0 ? "" : "/parts/" + (each.part() - 1));
            error.put("code", each.reason().code());
            error.put("detail", each.reason().text());
            errors.add(error);
        }
        Posted.Problem first = problems.getFirst();
        return new Problem(type, first.reason().text())
                .with(
                        "reason",
                        Map.of("code", first.reason().code(), "text", first.reason().text()))
                .with("errors", errors);
    }
}
