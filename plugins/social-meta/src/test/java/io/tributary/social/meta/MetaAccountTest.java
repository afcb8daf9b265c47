package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Window;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Line;
import io.tributary.spi.Problem;
import io.tributary.spi.Scope;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.Trouble;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import io.tributary.testkit.Turn;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaAccountTest {

    private static final Instant LAST = Instant.parse("2026-01-01T10:00:00Z");

    private final FakeHost host = new FakeHost();

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "WHATSAPP, text, PARTIAL",
        "WHATSAPP, choices, PARTIAL",
        "WHATSAPP, card, PARTIAL",
        "WHATSAPP, carousel, FALLBACK",
        "WHATSAPP, template, FULL",
        "WHATSAPP, reaction, FULL",
        "WHATSAPP, location, FULL",
        "WHATSAPP, media.voice, PARTIAL",
        "WHATSAPP, edited, REFUSED",
        "WHATSAPP, deleted, REFUSED",
        "MESSENGER, carousel, PARTIAL",
        "MESSENGER, media.file, PARTIAL",
        "MESSENGER, location, FALLBACK",
        "MESSENGER, template, REFUSED",
        "MESSENGER, reaction, REFUSED",
        "INSTAGRAM, media.file, FALLBACK",
        "INSTAGRAM, reaction, PARTIAL",
    })
    @DisplayName("each platform carries what it carries")
    void capabilities(Platform platform, String type, Level level) {
        assertThat(capabilities(platform).support(type).level()).isEqualTo(level);
    }

    @Test
    @DisplayName(
            "a customer may be answered for 24 hours, then by template, or by people for a week")
    void windows() {
        var day = LAST.plus(Duration.ofHours(24));

        assertThat(after(Platform.WHATSAPP)).isEqualTo(Window.closesAt(day, "template"));
        assertThat(after(Platform.MESSENGER))
                .isEqualTo(Window.closesAt(LAST.plus(Duration.ofDays(7))));
        assertThat(after(Platform.INSTAGRAM)).isEqualTo(Window.closesAt(day));
        assertThat(capabilities(Platform.WHATSAPP).window()).isEqualTo(Window.closed("template"));
    }

    @Test
    @DisplayName("only WhatsApp lets us write first, and only so often to the same customer")
    void firstWords() {
        assertThat(capabilities(Platform.WHATSAPP).mayStart()).isTrue();
        assertThat(capabilities(Platform.MESSENGER).mayStart()).isFalse();
        assertThat(capabilities(Platform.INSTAGRAM).mayStart()).isFalse();
        assertThat(capabilities(Platform.WHATSAPP).rates())
                .containsExactly(
                        Capabilities.Rate.of(Scope.LINE, 80, Duration.ofSeconds(1)),
                        Capabilities.Rate.of(Scope.ADDRESS, 45, Duration.ofSeconds(270)));
    }

    @Test
    @DisplayName("a line that only a webhook has named works, another channel's does not")
    void unnamedLines() {
        var account = open(settings());
        var whatsApp = Sample.conversation(Platform.WHATSAPP, "12345", Sample.CUSTOMER);
        var nonsense = Sample.conversation(Platform.WHATSAPP, "a/../b", Sample.CUSTOMER);

        assertThat(account.capabilities(whatsApp).support("text").level()).isEqualTo(Level.PARTIAL);
        assertThat(account.capabilities(nonsense)).isEqualTo(Capabilities.NONE);
    }

    @Test
    @DisplayName("lines say which channel they speak")
    void lines() {
        assertThat(open(settings()).lines())
                .containsExactly(
                        new Line(Sample.NUMBER, "+15550783881", Platform.WHATSAPP.channel()),
                        new Line(Sample.PAGE, "Shop", Platform.MESSENGER.channel()),
                        new Line(Sample.INSTAGRAM, Sample.INSTAGRAM, Platform.INSTAGRAM.channel()));
    }

    @Test
    @DisplayName("settings name a line, no id twice, and an API over TLS")
    void checks() {
        var channel = new MetaChannel();
        var bare = settings().without("whatsapp").without("messenger").without("instagram");
        var line = TestSettings.NONE.with("phoneNumberId", "1");

        assertThat(channel.check(settings())).isEmpty();
        assertThat(channel.check(bare)).extracting(Problem::key).containsExactly("whatsapp");
        assertThat(channel.check(bare.with("whatsapp", List.of(line, line))))
                .extracting(Problem::key)
                .containsExactly("whatsapp");
        assertThat(channel.check(settings().with("apiBase", "http://meta.example")))
                .extracting(Problem::key)
                .containsExactly("apiBase");
        assertThat(channel.check(settings().with("instagramApiBase", "https:meta")))
                .extracting(Problem::key)
                .containsExactly("instagramApiBase");
    }

    @Test
    @DisplayName("a WhatsApp medium is found by its id, and downloaded with the token")
    void media() throws Exception {
        var found =
                "{\"url\":\"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1\"}";
        try (var meta = LoopbackProvider.answering(200, "application/json", found)) {
            var account = (FetchesMedia) open(Sample.settings(meta.uri()));

            var location = account.locate("whatsapp:1003383421387256");

            assertThat(meta.asked().getFirst().target()).isEqualTo("/v23.0/1003383421387256");
            assertThat(location.uri().getHost()).isEqualTo("lookaside.fbsbx.com");
            assertThat(location.headers())
                    .containsEntry("Authorization", "Bearer " + Sample.ACCESS_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://scontent.xx.fbcdn.net/v/a.png",
                "https://cdn.fbsbx.com/v/a.mp4",
                "https://scontent.cdninstagram.com/v/a.mp4",
                "https://mmg.whatsapp.net/v/a.enc",
                "https://LOOKASIDE.fbsbx.com/a",
            })
    @DisplayName("the address that an attachment names is fetched without a token")
    void attachments(String url) throws Exception {
        var location = ((FetchesMedia) open(settings())).locate(url);

        assertThat(location.uri()).isEqualTo(URI.create(url));
        assertThat(location.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "whatsapp:",
                "whatsapp:../me",
                "whatsapp:1?fields=x",
                "file:///etc/passwd",
                "http://scontent.xx.fbcdn.net/v/a.png",
                "https://scontent.xx.fbcdn.net:8443/v/a.png",
                "https://fbcdn.net.evil.example/a",
                "https://evilfbcdn.net/a",
                "https://scontent.fbcdn.net@evil.example/a",
                "https://evil.example/?https://scontent.fbcdn.net/",
                "https://graph.facebook.com/v23.0/me/accounts",
            })
    @DisplayName("nothing is fetched from elsewhere")
    void elsewhere(String fetch) {
        assertThatExceptionOfType(Trouble.class)
                .isThrownBy(() -> ((FetchesMedia) open(settings())).locate(fetch))
                .satisfies(trouble -> assertThat(trouble.retryAfter()).isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "404, '{\"error\":{\"code\":100}}', false",
        "400, '{\"error\":{\"code\":100,\"error_subcode\":33}}', true",
        "403, '{\"error\":{\"code\":10}}', true",
        "403, '{\"error\":{\"code\":200}}', true",
        "400, '<html>', false",
        "401, '{\"error\":{\"code\":190}}', true",
        "400, '{\"error\":{\"code\":190}}', true",
        "429, '', true",
        "500, '', true",
        "200, '{}', true",
    })
    @DisplayName("a medium that is gone is gone, and what passes is tried again")
    void mediaTrouble(int status, String body, boolean again) throws Exception {
        try (var meta = LoopbackProvider.answering(status, "application/json", body)) {
            var account = (FetchesMedia) open(Sample.settings(meta.uri()));

            assertThatExceptionOfType(Trouble.class)
                    .isThrownBy(() -> account.locate("whatsapp:1"))
                    .satisfies(
                            trouble -> assertThat(trouble.retryAfter() != null).isEqualTo(again));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"id\":\"1\",\"quality_rating\":\"GREEN\"}', UP, ''",
        "200, '{\"id\":\"1\",\"quality_rating\":\"RED\"}', DEGRADED, quality",
        "200, '<html>', DOWN, not Meta",
        "401, '{\"error\":{\"code\":190}}', STOPPED, access token",
        "400, '{\"error\":{\"code\":100,\"error_subcode\":33}}', STOPPED, does not see",
        "403, '{\"error\":{\"code\":200}}', STOPPED, does not see",
        "400, '{\"error\":{\"code\":80007}}', DEGRADED, limits",
        "500, '', DOWN, 500",
    })
    @DisplayName("the account's health is what Meta says of its lines, in plain words")
    void health(int status, String body, Health.State state, String words) throws Exception {
        try (var meta = LoopbackProvider.answering(status, "application/json", body)) {
            var health = ((ChecksHealth) open(Sample.settings(meta.uri()))).check();

            assertThat(health.state()).isEqualTo(state);
            assertThat(health.text()).contains(words);
            assertThat(health.toString()).doesNotContain(Sample.ACCESS_TOKEN, Sample.PAGE_TOKEN);
        }
    }

    @Test
    @DisplayName("a token that one line alone has lost does not stop the others")
    void healthOfSome() throws Exception {
        var refused = Turn.answer(401).body("application/json", "{\"error\":{\"code\":190}}");
        var well = Turn.answer(200).body("application/json", "{\"id\":\"1\"}");
        try (var meta = LoopbackProvider.playing(well, refused, well)) {
            var health = ((ChecksHealth) open(Sample.settings(meta.uri()))).check();

            assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
            assertThat(health.text()).contains("access token", Sample.PAGE);
        }
    }

    @Test
    @DisplayName("a medium is asked for with the token of the line to which it came")
    void mediaOfALine() throws Exception {
        var found = "{\"url\":\"https://lookaside.fbsbx.com/whatsapp_business/?mid=1\"}";
        var line =
                TestSettings.NONE
                        .with("phoneNumberId", Sample.NUMBER)
                        .withSecret("token", "the-number's-token");
        try (var meta = LoopbackProvider.answering(200, "application/json", found)) {
            var settings = Sample.settings(meta.uri()).with("whatsapp", List.of(line));
            var account = (FetchesMedia) open(settings);

            var location = account.locate("whatsapp:" + Sample.NUMBER + ":77");
            account.locate("whatsapp:12345:77");

            assertThat(location.headers())
                    .containsEntry("Authorization", "Bearer the-number's-token");
            assertThat(meta.asked().getFirst().target()).isEqualTo("/v23.0/77");
            assertThat(meta.asked())
                    .extracting(asked -> asked.header("authorization"))
                    .containsExactly("Bearer the-number's-token", "Bearer " + Sample.ACCESS_TOKEN);
        }
    }

    @Test
    @DisplayName("an attachment that leads to the API is a link, and is not fetched")
    void attachmentOfTheApi() throws Exception {
        try (var account = host.open(new MetaChannel(), settings())) {
            var api = "https://graph.facebook.com/v23.0/me";
            var image =
                    Sample.documented("messenger-image")
                            .replaceFirst("https://scontent[^\"]*", api);
            account.webhook(Sample.post(image));

            var part = host.stored().getFirst().inbound().parts().getFirst();
            assertThat(part.fetch()).isNull();
            assertThat(part.content()).isEqualTo(Content.text(api));
        }
    }

    @Test
    @DisplayName("who was seen last is remembered, and who has been silent longest is forgotten")
    void remembered() throws Exception {
        try (var meta = LoopbackProvider.answering(200, "application/json", "{}")) {
            var context = host.context(Sample.settings(meta.uri()));
            var signalling =
                    new Signalling(new MetaLines(context.settings()), new GraphApi(context.http()));
            signalling.saw(said("16505551234", "wamid.FIRST"));
            signalling.saw(said("16505551235", "wamid.SILENT"));
            for (int i = 0; i < 9_998; i++) {
                signalling.saw(said(Long.toString(4_366_000_000L + i), "wamid." + i));
            }
            signalling.saw(said("16505551234", "wamid.AGAIN"));
            signalling.saw(said("436601234567", "wamid.NEW"));

            for (var customer : List.of("+16505551235", Sample.CUSTOMER)) {
                var with = Sample.conversation(Platform.WHATSAPP, Sample.NUMBER, customer);
                signalling.signal(with, SendsSignals.Kind.TYPING, null);
            }

            assertThat(meta.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.body().utf8()).contains("wamid.AGAIN"));
        }
    }

    private static Update said(String from, String id) {
        return Update.of(Update.MESSAGE, Bytes.EMPTY)
                .head(Map.of("from", from, "id", id))
                .note(Update.LINE, Sample.NUMBER);
    }

    @Test
    @DisplayName("what was said in a group is read in the group, not in its speaker's own messages")
    void groupSignals() throws Exception {
        try (var meta = LoopbackProvider.answering(200, "application/json", "{}");
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            var group = "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD";
            var shows = (SendsSignals) account.account();
            account.webhook(Sample.post(Sample.documented("whatsapp-group")));

            var alone = Sample.conversation(Platform.WHATSAPP);
            shows.signal(alone, SendsSignals.Kind.TYPING, null);
            assertThat(meta.asked()).isEmpty();
            var together = Sample.conversation(Platform.WHATSAPP, Sample.NUMBER, group);
            shows.signal(together, SendsSignals.Kind.READ, null);
            assertThat(meta.asked()).hasSize(1);
        }
    }

    @Test
    @DisplayName("read and typing are shown below the customer's last message")
    void signals() throws Exception {
        try (var meta = LoopbackProvider.answering(200, "application/json", "{\"success\":true}");
                var account = host.open(new MetaChannel(), Sample.settings(meta.uri()))) {
            var shows = (SendsSignals) account.account();
            var whatsApp = Sample.conversation(Platform.WHATSAPP);

            shows.signal(whatsApp, SendsSignals.Kind.TYPING, null);
            assertThat(meta.asked()).as("typing below nothing").isEmpty();

            account.webhook(Sample.post(Sample.texts("last", List.of("a", "b"))));
            shows.signal(whatsApp, SendsSignals.Kind.TYPING, null);
            shows.signal(whatsApp, SendsSignals.Kind.READ, "wamid.READ");
            shows.signal(whatsApp, SendsSignals.Kind.IDLE, null);
            shows.signal(Sample.conversation(Platform.MESSENGER), SendsSignals.Kind.IDLE, null);

            assertThat(meta.asked())
                    .extracting(asked -> asked.body().utf8())
                    .containsExactly(
                            """
                            {"messaging_product":"whatsapp","status":"read",\
                            "message_id":"wamid.last1","typing_indicator":{"type":"text"}}\
                            """,
                            """
                            {"messaging_product":"whatsapp","status":"read",\
                            "message_id":"wamid.READ"}\
                            """,
                            """
                            {"recipient":{"id":"7158295130868431"},"sender_action":"typing_off"}\
                            """);
        }
    }

    private @Nullable Window after(Platform platform) {
        var conversation = Sample.conversation(platform).lastFromCustomer(LAST);
        return open(settings()).capabilities(conversation).window();
    }

    private Capabilities capabilities(Platform platform) {
        return open(settings()).capabilities(Sample.conversation(platform));
    }

    private Account open(TestSettings settings) {
        return new MetaChannel().open(host.context(settings));
    }

    private static TestSettings settings() {
        return Sample.settings(URI.create("https://graph.facebook.com"));
    }
}
