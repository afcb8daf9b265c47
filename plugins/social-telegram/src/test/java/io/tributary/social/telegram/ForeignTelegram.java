package io.tributary.social.telegram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `telegram-test-api` (https://github.com/jehy/telegram-test-api), which others wrote, as a
/// process of Node's.
final class ForeignTelegram implements AutoCloseable {

    private static final String PROGRAM =
            """
            const TelegramServer = require('telegram-test-api');
            const server = new TelegramServer({port: Number(process.argv[1]), host: '127.0.0.1'});
            server.start().then(() => console.log('ready'));
            process.stdin.on('end', () => process.exit()).resume();
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI uri;

    private ForeignTelegram(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /// @param folder in which `node_modules` is
    static ForeignTelegram start(Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var process =
                new ProcessBuilder("node", "-e", PROGRAM, Integer.toString(port))
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(output.readLine())) {
            process.destroyForcibly();
            throw new IOException("telegram-test-api does not start in " + folder);
        }
        return new ForeignTelegram(process, URI.create("http://127.0.0.1:" + port));
    }

    URI uri() {
        return uri;
    }

    /// As a customer's program does.
    JsonNode post(String path, String json) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri.resolve(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        return new JsonMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        process.destroy();
        client.shutdownNow();
    }
}
