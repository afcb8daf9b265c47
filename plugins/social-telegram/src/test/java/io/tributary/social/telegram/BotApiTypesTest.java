package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Bytes;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.spi.Http;
import io.tributary.spi.OffersActions;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Trouble;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whether what comes and goes is what the Bot API describes.
///
/// The description is not part of this project: the system property `tributary.contracts` names the
/// folder that has it. Without it the test is skipped; a folder that lacks it is a mistake.
class BotApiTypesTest {

    private static final String FILE = "telegram-bot-api.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> LEFT_OUT =
            List.of(
                    "inline_query",
                    "chosen_inline_result",
                    "shipping_query",
                    "pre_checkout_query",
                    "chat_member",
                    "chat_boost",
                    "removed_chat_boost",
                    "managed_bot");

    private static BotApiTypes types;

    @BeforeAll
    static void read() throws Exception {
        var folder = System.getProperty("tributary.contracts", "");
        Assumptions.assumeFalse(
                folder.isEmpty(),
                "-Dtributary.contracts names no folder with " + FILE + " to compare with");
        var file = Path.of(folder, FILE);
        Assertions.assertTrue(
                Files.exists(file),
                FILE + " is not in the folder that -Dtributary.contracts names: " + folder);
        types = new BotApiTypes(JSON.readTree(Files.readString(file)));
    }

    @Test
    @DisplayName("the updates of these tests are such as Telegram describes")
    void updates() {
        for (var name : Documented.NAMES) {
            if (!name.startsWith("documented") && !name.startsWith("future")) {
                assertThat(types.typeProblems("Update", tree(Documented.update(name))))
                        .as(name)
                        .isEmpty();
            }
        }
        assertThat(types.typeProblems("Update", tree(Documented.update("future")))).isNotEmpty();
        assertThat(types.typeProblems("Update", tree("{\"update_id\":\"1\"}"))).isNotEmpty();
        assertThat(types.typeProblems("Update", tree("{}"))).isNotEmpty();
    }

    private static JsonNode tree(String json) {
        return JSON.readTree(json);
    }

    @Test
    @DisplayName("every kind of update is asked for or left out on purpose, and all are understood")
    void kinds() {
        var kinds = new ArrayList<>(types.fields("Update"));
        kinds.remove(UpdateReader.ID);
        assertThat(kinds).containsAll(UpdateKinds.ASKED_FOR).containsAll(LEFT_OUT);
        assertThat(kinds).hasSize(UpdateKinds.ASKED_FOR.size() + LEFT_OUT.size());

        for (var kind : kinds) {
            var update = JSON.createObjectNode().put(UpdateReader.ID, 7);
            update.set(kind, types.leastField("Update", kind));
            assertThat(Sample.translated(update.toString())).as(kind).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    @DisplayName("every member of a message is understood, and what says something is named")
    void members() {
        int named = 0;
        for (var member : types.fields("Message")) {
            var message = (ObjectNode) types.least("Message");
            message.set(member, types.leastField("Message", member));
            var update = JSON.createObjectNode().put(UpdateReader.ID, 7);
            update.set("message", message);
            var inbound = Sample.inbound(update.toString());
            assertThat(inbound.content().fallback()).as(member).isNotBlank();
            if (inbound.content() instanceof Content.Custom custom
                    && !custom.name().equals("social-telegram.message")) {
                assertThat(custom.name()).isEqualTo("social-telegram." + member);
                named++;
            }
        }
        assertThat(named).isGreaterThan(50);
    }

    @Test
    @DisplayName("reactions are those that Telegram lists")
    void reactions() {
        var listed = types.description("ReactionTypeEmoji", "emoji");
        var emoji =
                Pattern.compile("\"([^\"]+)\"")
                        .matcher(listed)
                        .results()
                        .map(found -> found.group(1))
                        .toList();
        assertThat(BotCapabilities.of(Sample.conversation()).support("reaction").values())
                .containsExactlyInAnyOrderElementsOf(emoji);
    }

    @Test
    @DisplayName("every call is one that Telegram describes")
    void calls() throws Exception {
        var problems = new ArrayList<String>();
        var methods = new ArrayList<String>();
        for (var call : made()) {
            var path = call.uri().getPath();
            var method = path.substring(path.lastIndexOf('/') + 1);
            methods.add(method);
            problems.addAll(types.problems(method, parameters(call)));
        }
        assertThat(problems).isEmpty();
        assertThat(methods)
                .contains(
                        "sendMessage",
                        "sendPhoto",
                        "sendDocument",
                        "sendVenue",
                        "sendContact",
                        "editMessageText",
                        "editMessageMedia",
                        "deleteMessages",
                        "deleteBusinessMessages",
                        "setMessageReaction",
                        "setWebhook",
                        "deleteWebhook",
                        "getUpdates");
        var text = StrictJson.object().put("chat_id", 1).put("message_id", 7).put("text", "a");
        text.putArray("entities").addObject().put("type", "bold").put("offset", 0).put("length", 1);
        var caption = Edits.caption(Request.of("editMessageText", text));
        assertThat(types.problems(caption.method(), caption.parameters())).isEmpty();
        assertThat(caption.parameters().has("caption_entities")).isTrue();
        assertThat(types.problems("sendMessage", tree("{\"chat_id\":1,\"txt\":\"a\"}"))).hasSize(2);
    }

    private static List<Http.Call> made() throws Exception {
        try (var host = new FakeHost();
                var telegram = LoopbackProvider.answering(200, "application/json", "{}");
                var account = host.open(new TelegramChannel(), Sample.posted(telegram.uri()));
                var asking = host.open(new TelegramChannel(), Sample.settings(telegram.uri()))) {
            var id = host.media().keep(new ByteArrayInputStream(new byte[1]), "a", "image/png");
            var picture = Media.stored(Media.Kind.IMAGE, id, "image/png").captioned("look");
            for (var message : messages(picture)) {
                account.send(message);
            }
            var actions = (OffersActions) account.account();
            for (var action : actions.actions()) {
                try {
                    actions.perform(action.name(), action.input());
                } catch (Trouble refused) {
                    // an empty answer is none
                }
            }
            asking.connect();
            await().until(() -> !host.reported().isEmpty());
            return host.calls();
        }
    }

    private static List<OutboundMessage> messages(Media picture) {
        var text = new Content.Text("bold", List.of(Span.of(0, 4, Span.Kind.BOLD)));
        var business = Sample.conversation("business:abc", Sample.CUSTOMER);
        var phone = new Content.ContactCard.Reach("phone", "+15550001", null);
        var ours = Sample.earlier(Sample.CUSTOMER + ":7");
        return List.of(
                Sample.message(Sample.conversation().thread("9"), text).inReplyTo(ours),
                Sample.message(business, text),
                Sample.message(Content.choices("?", Choice.of("a", "A"))),
                Sample.message(picture),
                Sample.message(Media.stored(Media.Kind.FILE, picture.id(), "application/pdf")),
                Sample.message(Content.location(1, 2)),
                Sample.message(new Content.Location(1, 2, 3.0, "a", "b", null)),
                Sample.message(new Content.ContactCard("Ann", null, List.of(phone))),
                Sample.message(new Content.Edited(Part.of(text))).target(ours),
                Sample.message(new Content.Edited(Part.of(picture))).target(ours),
                Sample.message(new Content.Deleted()).target(ours),
                Sample.message(business, new Content.Deleted())
                        .target(Sample.earlier("abc:" + Sample.CUSTOMER + ":7")),
                Sample.message(new Content.Reaction("👍", true)).target(ours),
                Sample.message(new Content.Reaction("👍", false)).target(ours));
    }

    /// Of a form the parameters as JSON; its file is whatever the description wants.
    private static JsonNode parameters(Http.Call call) {
        var type = call.headers().get("content-type").getFirst();
        if (type.equals("application/json")) {
            return StrictJson.read(call.body());
        }
        var body = call.body().utf8();
        var parameters = JSON.createObjectNode();
        Pattern.compile("form-data; name=\"([a-z_]+)\"(; filename=[^\r]*)?\r\n.*?\r\n(.*?)\r\n--")
                .matcher(body.replaceAll("content-type: [^\r]*\r\n", ""))
                .results()
                .filter(part -> !part.group(1).equals("file"))
                .forEach(part ->
                        parameters.set(
                                part.group(1),
                                part.group(2) == null
                                        ? value(part.group(3))
                                        : JSON.getNodeFactory().stringNode("a file")));
        return parameters;
    }

    private static JsonNode value(String text) {
        var read = text.matches("[-{\\[0-9].*") ? StrictJson.read(Bytes.utf8(text)) : null;
        return read == null ? JSON.getNodeFactory().stringNode(text) : read;
    }
}
