package io.tributary.social.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Trouble;
import io.tributary.telegram.simulator.TelegramSimulator;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Where files lie.
class LocationTest {

    private static FetchesMedia.Location located(URI api, String fetch) throws Exception {
        try (var host = new FakeHost();
                var account = host.open(new TelegramChannel(), Sample.settings(api))) {
            var location = ((FetchesMedia) account.account()).locate(fetch);
            host.assertRedacted(Sample.TOKEN);
            assertThat(location.toString()).doesNotContain(Sample.TOKEN);
            return location;
        }
    }

    @Test
    @DisplayName("a file is found where Telegram says, and can be downloaded there")
    void found() throws Exception {
        try (var telegram = TelegramSimulator.start(0, Sample.TOKEN);
                var client = HttpClient.newHttpClient()) {
            var bytes = new byte[] {1, 2, 3};
            var id = telegram.customers().file("a.jpg", bytes, 3).path("file_id").stringValue();
            var location = located(telegram.uri(), id);

            var request = HttpRequest.newBuilder(location.uri()).build();
            assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
        }
    }

    @Test
    @DisplayName("a file of more than 20 MB, and one that Telegram does not know, can never be had")
    void never() throws Exception {
        try (var telegram = TelegramSimulator.start(0, Sample.TOKEN)) {
            var large = telegram.customers().file("a.mp4", new byte[1], 25_000_000);
            for (var id :
                    new String[] {large.path("file_id").stringValue(), "unknown", "../x", ""}) {
                assertThatThrownBy(() -> located(telegram.uri(), id))
                        .as(id)
                        .asInstanceOf(InstanceOfAssertFactories.type(Trouble.class))
                        .satisfies(trouble -> assertThat(trouble.retryAfter()).isNull());
            }
        }
    }

    @Test
    @DisplayName("when Telegram wants patience, it gets it")
    void later() throws Exception {
        var busy =
                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after"
                        + " 7\",\"parameters\":{\"retry_after\":7}}";
        try (var telegram = LoopbackProvider.answering(429, "application/json", busy)) {
            assertThatThrownBy(() -> located(telegram.uri(), "abc"))
                    .asInstanceOf(InstanceOfAssertFactories.type(Trouble.class))
                    .satisfies(trouble ->
                            assertThat(trouble.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        }
    }

    @Test
    @DisplayName("a path that leads elsewhere is no place")
    void elsewhere() throws Exception {
        for (var path :
                new String[] {"../../etc/passwd", "/var/lib/x", "a/../../b", "a\\\\b", ".", ""}) {
            var answer =
                    "{\"ok\":true,\"result\":{\"file_id\":\"a\",\"file_path\":\"" + path + "\"}}";
            try (var telegram = LoopbackProvider.answering(200, "application/json", answer)) {
                assertThatThrownBy(() -> located(telegram.uri(), "abc"))
                        .as(path)
                        .isInstanceOf(Trouble.class);
            }
        }
        var odd = "{\"ok\":true,\"result\":{\"file_path\":\"photos/a b?c#d@e.jpg\"}}";
        try (var telegram = LoopbackProvider.answering(200, "application/json", odd)) {
            var uri = located(telegram.uri(), "abc").uri();
            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            assertThat(uri.getRawPath()).endsWith("/photos/a%20b%3Fc%23d%40e.jpg");
        }
    }
}
