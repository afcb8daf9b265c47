package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.telegram.simulator.TelegramSimulator;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Stored;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What comes by asking for it.
class PollingTest {

    private static final long CHAT = Long.parseLong(Sample.CUSTOMER);

    private TelegramSimulator telegram;
    private FakeHost host;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        telegram = TelegramSimulator.start(0, Sample.TOKEN);
        host = new FakeHost();
        account = host.open(new TelegramChannel(), Sample.settings(telegram.uri()));
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
        telegram.close();
    }

    private List<Content> stored() {
        return host.stored().stream().map(Stored::inbound).map(Inbound::content).toList();
    }

    @Test
    @DisplayName("what was said before anybody asked comes, too, and is confirmed")
    void before() {
        telegram.customers().say(CHAT, "the first");
        telegram.customers().say(CHAT + 1, "the second");
        account.connect();

        await().until(() -> telegram.confirmed().size() == 2);
        assertThat(stored()).containsExactly(Content.text("the first"), Content.text("the second"));
    }

    @Test
    @DisplayName("after a week of silence, when Telegram counts anew, nothing is passed over")
    void countedAnew() {
        account.connect();
        telegram.customers().say(CHAT, "the first");
        await().until(() -> telegram.confirmed().size() == 1);
        await().until(() -> telegram.called().size() > 3);

        telegram.goOnAt(17);
        telegram.customers().say(CHAT, "the second");
        await().until(() -> telegram.confirmed().size() == 2);
        assertThat(stored()).containsExactly(Content.text("the first"), Content.text("the second"));
    }

    @Test
    @DisplayName("reactions and other kinds that come only to who asks are asked for")
    void kinds() {
        account.connect();
        // a call is counted a moment before it says which kinds are wanted
        await().until(() -> telegram.called().size() > 1);
        telegram.customers().update(update("reaction"));
        telegram.customers().update(update("blocked"));
        telegram.customers().say(CHAT, "the last");

        await().until(() -> stored().contains(Content.text("the last")));
        assertThat(stored())
                .hasAtLeastOneElementOfType(Content.Reaction.class)
                .hasAtLeastOneElementOfType(Content.Consent.class);
    }

    @Test
    @DisplayName("an update that cannot be read is a dead letter and holds no other up")
    void unreadable() {
        var digits = BigInteger.TEN.pow(100);
        for (int i = 0; i < 5; i++) {
            telegram.customers().say(CHAT, "readable " + i);
            telegram.customers().update(update("documented-text").put("counted", digits));
        }
        account.connect();

        await().until(() -> telegram.confirmed().size() == 10);
        assertThat(stored())
                .containsExactlyElementsOf(
                        IntStream.range(0, 5)
                                .mapToObj(i -> "readable " + i)
                                .map(Content::text)
                                .toList());
        assertThat(host.deadLetters()).hasSize(5);
        assertThat(host.reported()).extracting(Health::state).containsExactly(Health.State.UP);
    }

    @Test
    @DisplayName("more than the host reads at once comes one by one")
    void tooMuch() {
        var large = "a".repeat(900_000);
        for (int i = 0; i < 10; i++) {
            telegram.customers().say(CHAT, large + i);
        }
        account.connect();

        await().until(() -> telegram.confirmed().size() == 10);
        assertThat(stored()).hasSize(10).doesNotHaveDuplicates();
        assertThat(host.reported().getLast().state()).isEqualTo(Health.State.UP);
    }

    @Test
    @DisplayName("a formatted message is kept, however deep its lists are")
    void deep() {
        var message = JsonNodeFactory.instance.objectNode();
        var list = message.putObject("rich_message");
        for (int depth = 0; depth < 80; depth++) {
            list = list.putArray("blocks").addObject().putArray("items").addObject();
        }
        telegram.customers().send(CHAT, message);
        account.connect();

        await().until(() -> telegram.confirmed().size() == 1);
        assertThat(host.deadLetters()).isEmpty();
        assertThat(stored())
                .singleElement()
                .isInstanceOfSatisfying(
                        Content.Custom.class,
                        custom -> {
                            assertThat(custom.name()).isEqualTo("social-telegram.rich_message");
                            assertThat(StrictJson.read(Bytes.utf8(custom.data().text())).isString())
                                    .isTrue();
                        });
    }

    @Test
    @DisplayName("a page that answers in place of Telegram is told, and asked again")
    void page() throws Exception {
        try (var page = LoopbackProvider.answering(200, "text/html", "<h1>Sign in</h1>");
                var other = host.open(new TelegramChannel(), Sample.settings(page.uri()))) {
            other.connect();
            await().until(() -> page.requests() > 2);
            assertThat(isReported("not Telegram")).isTrue();
            assertThat(host.stored()).isEmpty();
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    private static ObjectNode update(String name) {
        return (ObjectNode) StrictJson.read(Bytes.utf8(Documented.update(name)));
    }

    @Test
    @DisplayName("a pressed button is answered when the choice is stored")
    void pressed() {
        account.connect();
        var query = telegram.customers().press(CHAT, 1, "yes");

        await().until(() -> !telegram.customers().waits(query));
        assertThat(stored()).containsExactly(new Content.ChoiceMade("yes", "yes"));
    }

    @Test
    @DisplayName("while nothing can be stored, no button is answered")
    void notStored() {
        host.storeUnavailable(true);
        account.connect();
        var query = telegram.customers().press(CHAT, 1, "yes");
        await().until(() -> telegram.called().stream().filter("getUpdates"::equals).count() > 3);
        assertThat(telegram.customers().waits(query)).isTrue();
        assertThat(telegram.confirmed()).isEmpty();

        host.storeUnavailable(false);
        await().until(() -> !telegram.customers().waits(query));
    }

    @Test
    @DisplayName("the pictures of an album wait for each other")
    void album() {
        account.connect();
        for (int i = 0; i < 3; i++) {
            var file = telegram.customers().file("a.jpg", new byte[] {1}, 1);
            var members = JsonNodeFactory.instance.objectNode().put("media_group_id", "42");
            members.putArray("photo").add(file.put("width", 1).put("height", 1));
            telegram.customers().send(CHAT, members);
        }
        await().until(() -> telegram.confirmed().size() == 3);
        assertThat(host.stored()).isEmpty();

        host.advance(UpdateReader.ALBUM_PATIENCE.plusSeconds(1));
        assertThat(host.stored()).hasSize(1);
        assertThat(host.stored().getFirst().inbound().parts())
                .hasSize(3)
                .extracting(InboundPart::content)
                .allMatch(Media.class::isInstance);
    }

    @Test
    @DisplayName("another program that asks, a webhook and a wrong token are told to the operator")
    void troubles() throws Exception {
        account.connect();
        await().until(() -> !telegram.called().isEmpty());
        var other = telegram.uri() + "/bot" + Sample.TOKEN + "/";
        // a call is counted a moment before it waits for updates, and only then is disturbed
        await().until(() -> {
            post(other + "getUpdates");
            return isReported("another program");
        });
        awaitReported("another program");

        post(other + "setWebhook?url=http://127.0.0.1:9/");
        awaitReported("webhook");
        post(other + "deleteWebhook");
        await().until(() -> host.reported().getLast().state() == Health.State.UP);
    }

    private void awaitReported(String what) {
        await().until(() -> isReported(what));
        assertThat(host.reported())
                .filteredOn(health -> health.text().contains(what))
                .allSatisfy(health -> {
                    assertThat(health.state()).isEqualTo(Health.State.DOWN);
                    assertThat(health.action()).isNotBlank();
                });
    }

    private boolean isReported(String what) {
        return host.reported().stream().anyMatch(health -> health.text().contains(what));
    }

    private static void post(String address) throws Exception {
        var uri = URI.create(address);
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var request =
                HttpRequest.newBuilder(URI.create(address.replaceFirst("\\?.*", "")))
                        .POST(HttpRequest.BodyPublishers.ofString(query))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            client.send(request, BodyHandlers.discarding());
        }
    }

    @Test
    @DisplayName("a token that Telegram refuses stops the account")
    void refused() throws Exception {
        try (var refusing =
                        LoopbackProvider.answering(
                                401,
                                "application/json",
                                "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
                var other = host.open(new TelegramChannel(), Sample.settings(refusing.uri()))) {
            other.connect();
            await().until(() -> !host.reported().isEmpty());
            assertThat(host.reported().getFirst().state()).isEqualTo(Health.State.STOPPED);
        }
    }
}
