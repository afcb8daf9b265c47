package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A site")
final class StaticSiteTest {

    private static final String MAP = "\n{\"imports\":{\"lit\":\"./lit.js\"}}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path folder;

    private final TestDoor server = new TestDoor();

    @BeforeEach
    void serve() throws Exception {
        Path site = Files.createDirectories(folder.resolve("site/js"));
        Files.writeString(
                folder.resolve("site/index.html"),
                "<!doctype html><script type=\"importmap\">" + MAP + "</script>");
        Files.writeString(site.resolve("app.js"), "export {}");
        Files.write(site.resolve("big.bin"), new byte[3 << 20]);
        Files.writeString(folder.resolve("site/.hidden"), "hidden");
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.createSymbolicLink(folder.resolve("site/link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(folder.resolve("site/up"), folder);
        server.door.site("/desk", folder.resolve("site"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName(
            "serves its page under a policy that allows its import map and nothing else inline")
    void page() throws Exception {
        var page = server.get("/desk/");
        String hash =
                Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(MAP.getBytes(StandardCharsets.UTF_8)));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' 'sha256-" + hash + "';")
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(server.get("/desk").headers().firstValue("Location")).contains("/desk/");
    }

    @Test
    @DisplayName("is asked again only for what has changed")
    void tags() throws Exception {
        var script = server.get("/desk/js/app.js");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(script.headers().firstValue("Content-Type"))
                .contains("text/javascript; charset=utf-8");

        assertThat(
                        server.send(server.to("/desk/js/app.js").header("If-None-Match", tag))
                                .statusCode())
                .isEqualTo(304);
        Files.writeString(folder.resolve("site/js/app.js"), "export {} // longer");
        assertThat(
                        server.send(server.to("/desk/js/app.js").header("If-None-Match", tag))
                                .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("shows nothing that is hidden, outside, linked, or a folder")
    @ValueSource(
            strings = {
                "/desk/../outside.txt",
                "/desk/%2e%2e/outside.txt",
                "/desk/..%2foutside.txt",
                "/desk/js/..%2f..%2foutside.txt",
                "/desk/%252e%252e/outside.txt",
                "/desk/.hidden",
                "/desk/link.txt",
                "/desk/up/outside.txt",
                "/desk/js",
                "/desk/js/",
                "/desk//etc/passwd",
                "/desk/js\\..\\..\\outside.txt",
                "/desk/%5c..%5coutside.txt",
                "/desk/%u002e%u002e/outside.txt",
                "/desk/a%00.html",
                "/desk/none.html"
            })
    void hidden(String path) throws Exception {
        String answer =
                server.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .matches("(?s)HTTP/1.1 40[04] .*")
                .doesNotContain("outside\n")
                .contains("application/problem+json");
    }

    @Test
    @DisplayName("serves large files whole and by ranges")
    void ranges() {
        var whole = server.get("/desk/js/big.bin");
        assertThat(whole.body()).hasSize(3 << 20);
        var part = server.send(server.to("/desk/js/big.bin").header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 10-19/3145728");
        assertThat(part.body()).hasSize(10);
        assertThat(server.send(server.to("/desk/js/big.bin").header("Range", "bytes=-5")).body())
                .hasSize(5);
        assertThat(
                        server.send(server.to("/desk/js/big.bin").header("Range", "bytes=3145720-"))
                                .body())
                .hasSize(8);
        assertThat(
                        server.send(server.to("/desk/js/big.bin").header("Range", "bytes=zz"))
                                .statusCode())
                .isEqualTo(200);
        HttpDoorTest.problem(
                server.send(server.to("/desk/js/big.bin").header("Range", "bytes=3145728-")),
                416,
                "no-such-range");
        assertThat(
                        server.send(
                                        server.to("/desk/js/big.bin")
                                                .method(
                                                        "HEAD",
                                                        java.net.http.HttpRequest.BodyPublishers
                                                                .noBody()))
                                .headers()
                                .firstValue("Content-Length"))
                .contains("3145728");
    }
}
