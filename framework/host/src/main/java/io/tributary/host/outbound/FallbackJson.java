package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.outbound.FallbackCourse.Outcome;
import io.tributary.host.outbound.FallbackCourse.Tried;
import io.tributary.json.InteractionJson;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plans and their courses as the journal keeps them, in JSON.
final class FallbackJson {

    /// How the last member begins. No text can hold this: a quote in it is written otherwise.
    private static final String SAID = ",\"said\":";

    private FallbackJson() {}

    static Bytes write(FallbackCourse course) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("until", course.plan().until().name());
        json.put("within", course.plan().within().toString());
        ArrayNode accounts = json.putArray("accounts");
        course.plan().accounts().forEach(account -> accounts.add(account.value()));
        ArrayNode then = json.putArray("then");
        course.plan().then().forEach(step -> write(step, then.addObject()));
        put(json, "life", course.life());
        json.put("priority", course.priority().name());
        put(json, "ended", course.endedAt());
        ArrayNode tried = json.putArray("tried");
        course.tried().forEach(each -> write(each, tried.addObject()));
        String head = json.toString();
        return Bytes.utf8(
                head.substring(0, head.length() - 1)
                        + SAID
                        + Bodies.of(course.said()).utf8()
                        + '}');
    }

    private static void write(FallbackPlan.Step step, ObjectNode json) {
        put(json, "channel", step.channel());
        put(json, "account", step.account());
        put(json, "line", step.line());
        put(json, "address", step.address());
        json.put("within", step.within().toString());
    }

    private static void write(Tried tried, ObjectNode json) {
        json.put("step", tried.step());
        json.put("outcome", tried.outcome().name());
        put(json, "interaction", tried.interaction());
        put(json, "conversation", tried.conversation());
        put(json, "account", tried.account());
        put(json, "address", tried.address());
        json.put("until", tried.until().name());
        json.put("at", tried.at().toString());
        Reason reason = tried.reason();
        if (reason != null) {
            json.put("code", reason.code()).put("text", reason.text());
        }
        json.put("doubled", tried.doubled());
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    static FallbackCourse read(Bytes body) {
        String text = body.utf8();
        int last = text.indexOf(SAID);
        JsonNode json = JsonMapper.shared().readTree(text.substring(0, last) + '}');
        // as it was written: a tree keeps numbers less finely
        String said = text.substring(last + SAID.length(), text.length() - 1);
        var then = new ArrayList<FallbackPlan.Step>();
        json.path("then").forEach(step -> then.add(step(step)));
        var accounts = new HashSet<AccountId>();
        json.path("accounts").forEach(account -> accounts.add(new AccountId(account.asString())));
        var tried = new ArrayList<Tried>();
        json.path("tried").forEach(each -> tried.add(tried(each)));
        String life = text(json, "life");
        String priority = text(json, "priority");
        String ended = text(json, "ended");
        return new FallbackCourse(
                new FallbackPlan(
                        Status.valueOf(json.path("until").asString()),
                        Duration.parse(json.path("within").asString()),
                        List.copyOf(then),
                        accounts),
                life == null ? null : Duration.parse(life),
                priority == null ? Priority.NORMAL : Priority.valueOf(priority),
                tried,
                ended == null ? null : Instant.parse(ended),
                InteractionJson.decode(said.getBytes(StandardCharsets.UTF_8)));
    }

    private static FallbackPlan.Step step(JsonNode json) {
        String channel = text(json, "channel");
        String account = text(json, "account");
        return new FallbackPlan.Step(
                channel == null ? null : new ChannelId(channel),
                account == null ? null : new AccountId(account),
                text(json, "line"),
                text(json, "address"),
                Duration.parse(json.path("within").asString()));
    }

    private static Tried tried(JsonNode json) {
        String interaction = text(json, "interaction");
        String conversation = text(json, "conversation");
        String account = text(json, "account");
        String code = text(json, "code");
        return new Tried(
                json.path("step").asInt(),
                Outcome.valueOf(json.path("outcome").asString()),
                interaction == null ? null : InteractionId.of(interaction),
                conversation == null ? null : ConversationId.of(conversation),
                account == null ? null : new AccountId(account),
                text(json, "address"),
                Status.valueOf(json.path("until").asString()),
                Instant.parse(json.path("at").asString()),
                code == null ? null : Reason.of(code, json.path("text").asString("")),
                json.path("doubled").asBoolean(false));
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isString() ? value.asString() : null;
    }
}
