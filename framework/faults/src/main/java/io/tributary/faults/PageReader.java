package io.tributary.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the log page by page over REST, in pages of any size.
final class PageReader implements Reader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_ROWS = 500;

    private final Random random;
    private final Visits visits;
    private String cursor;

    /// @param cursor of the log's beginning
    PageReader(Whereabouts member, String cursor, Random random) {
        this.cursor = cursor;
        this.random = random;
        this.visits = new Visits("reader of pages", member, this::page);
    }

    @Override
    public String name() {
        return "the reader of pages";
    }

    @Override
    public Visits visits() {
        return visits;
    }

    private void page(URI at) throws IOException, InterruptedException {
        String path =
                "/v1/interactions?wait=2&limit=%d&after=%s"
                        .formatted(1 + random.nextInt(MOST_ROWS), cursor);
        HttpResponse<String> answer =
                visits.ask(HttpRequest.newBuilder(at.resolve(path)), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw visits.refused(answer.statusCode(), answer.body());
        }
        visits.connected(at);
        JsonNode page = JSON.readTree(answer.body());
        for (JsonNode event : page.path("items")) {
            visits.seen().add(Row.of(event));
        }
        cursor = page.path("next").asString(cursor);
    }
}
