package io.tributary.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Actor;
import io.tributary.model.ChannelId;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionBuilder;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.model.Target;
import io.tributary.spi.Frame;
import io.tributary.testkit.FakeHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShownTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final InteractionId EARLIER = new InteractionId(new UUID(0x7000L, 5));
    private static final MediaId MEDIA = new MediaId(new UUID(0x7000L, 3));

    private final FakeHost host = new FakeHost();
    private final Pace pace = new Pace(1, Duration.ofMinutes(1), host.clock());
    private final Shown shown =
            new Shown(
                    "visitor-1",
                    new Means(
                            host.clock(),
                            host.media(),
                            new MediaSeal(host.state()),
                            host.context(Sample.settings()).metrics(),
                            pace,
                            pace,
                            pace,
                            pace,
                            pace,
                            1));

    @AfterEach
    void close() {
        host.close();
    }

    private static InteractionBuilder said(Direction direction, Actor actor, Content... contents) {
        return Interaction.builder()
                .id(new InteractionId(new UUID(0x7000L, 7)))
                .position(7)
                .conversation(new ConversationId(new UUID(0x7000L, 1)))
                .channel(ChannelId.of("webchat"))
                .account(FakeHost.ACCOUNT)
                .line(Sample.LINE)
                .address("visitor-1")
                .direction(direction)
                .actor(actor)
                .occurredAt(Sample.NOW)
                .receivedAt(Sample.NOW)
                .extensions(Map.of())
                .contents(contents);
    }

    private @Nullable JsonNode event(InteractionBuilder interaction) throws Exception {
        var frame = shown.event(interaction.build(), "c-7");
        return frame == null ? null : JSON.readTree(((Frame.Text) frame).text()).path("i");
    }

    private JsonNode part(Content content) throws Exception {
        var event = event(said(Direction.OUTBOUND, Actor.agent("a-7", "Maria"), content));
        assertThat(event).isNotNull();
        return event.path("parts").path(0);
    }

    @Test
    @DisplayName("an agent is shown by name, never by id; the visitor by neither")
    void actors() throws Exception {
        var ours = event(said(Direction.OUTBOUND, Actor.agent("a-7", "Maria"), Content.text("Hi")));
        var own =
                event(
                        said(Direction.INBOUND, Actor.customer("Bob"), Content.text("Hi"))
                                .extensions(Map.of("webchat.id", Json.string("id-00001"))));

        assertThat(ours)
                .hasToString(
                        "{\"id\":\"00000000-0000-7000-0000-000000000007\",\"from\":\"agent\","
                                + "\"at\":\"2026-01-01T12:00:00Z\",\"name\":\"Maria\","
                                + "\"parts\":[{\"k\":\"text\",\"text\":\"Hi\",\"n\":1}]}");
        assertThat(own).asString().contains("\"cid\":\"id-00001\"").doesNotContain("Bob");
    }

    @Test
    @DisplayName("what is not for the visitor's eyes is not shown")
    void hidden() throws Exception {
        for (var content :
                List.of(
                        Content.note("a secret"),
                        Content.receipt(Content.Receipt.Status.READ),
                        new Content.Changed(Content.Changed.What.CLAIMED, Map.of()),
                        new Content.Handover(
                                Actor.bot("b", "Bot"), Actor.agent("a", "A"), "why"))) {
            assertThat(event(said(Direction.INTERNAL, Actor.SYSTEM, content))).isNull();
        }
        assertThat(
                        event(
                                said(
                                        Direction.INBOUND,
                                        Actor.CUSTOMER,
                                        Content.custom("webchat.transcript", Json.OBJECT, "mail"))))
                .isNull();
        assertThat(
                        event(
                                said(
                                        Direction.INBOUND,
                                        Actor.CUSTOMER,
                                        new Content.Visit(Content.Visit.Event.ENDED, null))))
                .asString()
                .contains("\"closed\":true");
        assertThat(
                        event(
                                said(
                                        Direction.INTERNAL,
                                        Actor.SYSTEM,
                                        new Content.Changed(
                                                Content.Changed.What.CLOSED, Map.of()))))
                .asString()
                .contains("\"closed\":true");
    }

    @Test
    @DisplayName("edits and deletions name what they are about")
    void corrections() throws Exception {
        var edited = new Content.Edited(List.of(new Part(1, Content.text("better"))));

        assertThat(
                        event(
                                said(Direction.OUTBOUND, Actor.SYSTEM, edited)
                                        .target(Target.known(EARLIER))))
                .asString()
                .contains("\"edits\":\"" + EARLIER + "\"", "better");
        assertThat(
                        event(
                                said(Direction.OUTBOUND, Actor.SYSTEM, new Content.Deleted())
                                        .target(Target.known(EARLIER))))
                .asString()
                .contains("\"deletes\":\"" + EARLIER + "\"", "\"parts\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                " javascript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "blob:https://a/b",
                "file:///etc/passwd",
                "//evil.example",
                "/relative",
                "",
                "\u0000https://a.example"
            })
    @DisplayName("no link leads anywhere but to web and mail addresses")
    void links(String url) throws Exception {
        var choice = Choice.of("c", "label").leadingTo(url);
        var link = new Span(0, 4, Span.Kind.LINK, url);

        assertThat(
                        part(new Content.Choices("q", List.of(choice)))
                                .path("choices")
                                .path(0)
                                .path("url")
                                .asString("none"))
                .isEmpty();
        assertThat(part(new Content.Text("text", List.of(link))).path("spans").size()).isZero();
    }

    @Test
    @DisplayName("formatting and good links come along")
    void spans() throws Exception {
        var text =
                new Content.Text(
                        "bold link",
                        List.of(
                                Span.of(0, 4, Span.Kind.BOLD),
                                new Span(5, 4, Span.Kind.LINK, "https://a.example/b")));

        assertThat(part(text).path("spans"))
                .hasToString(
                        "[{\"from\":0,\"to\":4,\"as\":\"bold\",\"value\":null},"
                                + "{\"from\":5,\"to\":9,\"as\":\"link\",\"value\":\"https://a.example/b\"}]");
    }

    @Test
    @DisplayName("media are links with a seal; nothing but still pictures is a picture")
    void media() throws Exception {
        var picture = part(Content.Media.stored(Content.Media.Kind.IMAGE, MEDIA, "image/png"));
        var drawing = part(Content.Media.stored(Content.Media.Kind.IMAGE, MEDIA, "image/svg+xml"));
        var page = part(Content.Media.stored(Content.Media.Kind.FILE, MEDIA, "text/html"));
        var pending = part(Content.Media.pending(Content.Media.Kind.IMAGE, "image/png"));

        assertThat(picture.path("picture").asBoolean()).isTrue();
        assertThat(picture.path("url").asString("")).endsWith("/media/" + MEDIA);
        assertThat(
                        new MediaSeal(host.state())
                                .isGranted("visitor-1", MEDIA, picture.path("grant").asString("")))
                .isTrue();
        assertThat(drawing.path("picture").asBoolean()).isFalse();
        assertThat(page.path("picture").asBoolean()).isFalse();
        assertThat(pending.has("url")).isFalse();
    }

    @Test
    @DisplayName("cards, carousels, forms and places have forms of their own")
    void forms() throws Exception {
        var image = Content.Media.stored(Content.Media.Kind.IMAGE, MEDIA, "image/png");
        var card = new Content.Card("title", "text", image, List.of(Choice.of("c", "label")));
        var field =
                new Content.Form.Field(
                        "size",
                        "Size?",
                        Content.Form.Input.CHOICE,
                        true,
                        List.of(Choice.of("s", "S")));

        assertThat(part(card).path("image").path("k").asString("")).isEqualTo("media");
        assertThat(part(new Content.Carousel(List.of(card, card))).path("cards").size())
                .isEqualTo(2);
        var form = part(new Content.Form("f", "title", List.of(field))).path("fields").path(0);
        assertThat(form.path("input").asString("")).isEqualTo("choice");
        assertThat(form.path("choices").size()).isEqualTo(1);
        assertThat(part(Content.location(52.5, 13.4)).path("k").asString("")).isEqualTo("place");
        assertThat(part(new Content.Tap("spot", "Tapped")).path("text").asString(""))
                .isEqualTo("Tapped");
    }
}
