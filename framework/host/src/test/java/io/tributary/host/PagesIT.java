package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a plugin's pages")
final class PagesIT {

    private static final String SCRIPT = "/channels/shop/pages/parts/buzz.js?tone=low&tone=high";

    @TempDir Path folder = Path.of("");

    private BuzzerMember member = null;

    @BeforeEach
    void start() throws Exception {
        member = BuzzerMember.start(folder);
        member.account("shop", "buzzer", "");
        member.account("tower", "buzzer", "\"tower\": 1");
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    @DisplayName("are served on their own port alone, as the channel makes them")
    void served() throws Exception {
        var page = get("/channels/shop/pages");
        var script = get(SCRIPT);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).isEqualTo("<p>all buzzers");
        assertThat(get("/channels/shop/pages/").statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).isEqualTo("text/html");
        assertThat(header(page, "cache-control")).isEqualTo("no-store");
        assertThat(text(script)).startsWith("buzz('low');");
        assertThat(header(script, "cache-control")).isEqualTo("public, max-age=300");
        assertThat(member.send("GET", SCRIPT, null).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("run scripts of their own origin, and may be embedded by other sites")
    void guarded() throws Exception {
        var script = get(SCRIPT);
        String socket = "ws" + member.url().toString().substring("http".length());

        assertThat(header(script, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(script, "content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("connect-src 'self' " + socket + ";", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(script, "cross-origin-resource-policy")).isEqualTo("cross-origin");
        assertThat(header(script, "access-control-allow-origin")).isEqualTo("*");
    }

    @Test
    @DisplayName("go compressed to who takes that, and not at all to who has them")
    void fewBytes() throws Exception {
        var plain = get(SCRIPT);
        var small = get(SCRIPT, "Accept-Encoding", "br, gzip;q=0.8");
        String tag = header(plain, "etag");
        var again = get(SCRIPT, "If-None-Match", tag);

        assertThat(header(plain, "content-encoding")).isEmpty();
        assertThat(header(small, "content-encoding")).isEqualTo("gzip");
        assertThat(header(small, "vary")).isEqualTo("Accept-Encoding");
        assertThat(small.body().length).isLessThan(plain.body().length / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(header(get(SCRIPT, "Accept-Encoding", "gzip;q=0"), "content-encoding"))
                .isEmpty();
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "vary")).isEqualTo("Accept-Encoding");
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(get(SCRIPT, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("are not there where nobody makes them, and say so where that fails")
    void refused() throws Exception {
        assertThat(get("/channels/shop/pages/elsewhere").statusCode()).isEqualTo(404);
        assertThat(get("/channels/nobody/pages/parts/buzz.js").statusCode()).isEqualTo(404);
        assertThat(get("/channels/No!/pages/parts/buzz.js").statusCode()).isEqualTo(404);
        assertThat(get("/channels/tower/pages/parts/buzz.js").statusCode()).isEqualTo(404);
        assertThat(get("/channels/shop/pages/unreadable").statusCode()).isEqualTo(400);
        var broken = get("/channels/shop/pages/broken");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(text(broken)).doesNotContain("out of paper");
        assertThat(ask("POST", SCRIPT).statusCode()).isEqualTo(405);
        var head = ask("HEAD", SCRIPT);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private HttpResponse<byte[]> ask(String method, String path, String... headers)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(member.pages() + path))
                        .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return member.http().send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return ask("GET", path, headers);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
