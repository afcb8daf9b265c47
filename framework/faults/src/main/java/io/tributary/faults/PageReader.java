package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the log page by page over REST, in pages of any size.
final class PageReader implements Reader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_ROWS = 500;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Whereabouts member;
    private final Random random;
    private final Seen seen = new Seen();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread thread;
    private String cursor;
    private final AtomicLong connections = new AtomicLong();
    private volatile String trouble = "";
    private volatile boolean closed;

    /// @param cursor of the log's beginning
    PageReader(Whereabouts member, String cursor, Random random) {
        this.member = member;
        this.cursor = cursor;
        this.random = random;
        this.thread = Thread.ofPlatform().daemon().name("reader of pages").unstarted(this::run);
    }

    @Override
    public String name() {
        return "the reader of pages";
    }

    @Override
    public void begin() {
        thread.start();
    }

    @Override
    public Seen seen() {
        return seen;
    }

    @Override
    public long connections() {
        return connections.get();
    }

    @Override
    public String trouble() {
        return trouble;
    }

    private void run() {
        try {
            for (URI at = member.await(); at != null && !closed; at = member.await()) {
                try {
                    page(at);
                } catch (IOException broken) {
                    member.pause(PAUSE);
                }
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    private void page(URI at) throws IOException, InterruptedException {
        String path =
                "/v1/interactions?wait=2&limit=%d&after=%s"
                        .formatted(1 + random.nextInt(MOST_ROWS), cursor);
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(at.resolve(path))
                                .timeout(Duration.ofSeconds(30))
                                .header("Authorization", "Bearer " + Launch.TOKEN)
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            if (answer.statusCode() != 503) {
                trouble = answer.statusCode() + answer.body();
            }
            throw new IOException("answered " + answer.statusCode());
        }
        connections.incrementAndGet();
        JsonNode page = JSON.readTree(answer.body());
        for (JsonNode event : page.path("items")) {
            seen.add(Row.of(event));
        }
        cursor = page.path("next").asString(cursor);
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        thread.interrupt();
    }
}
