package io.tributary.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads server-sent events, goes away at random, between events and in the midst of them, and
/// comes back by its cursor.
final class StreamReader implements Reader {

    private static final JsonMapper JSON = new JsonMapper();

    /// The last words of a member that sends its readers away.
    private static final String ENDED = "io.tributary.ended.v1";

    private static final int MOST_LINES = 1_200;

    private final Habit habit;
    private final Random random;
    private final Visits visits;
    private String cursor;

    /// How a reader keeps what it was shown and its cursor, when it goes away.
    enum Habit {
        /// Both or none.
        CAREFUL,
        /// The cursor of an event that it then does not keep.
        CURSOR_FIRST,
        /// An event whose cursor it then does not keep.
        EVENT_FIRST
    }

    /// @param cursor of the log's beginning
    StreamReader(Whereabouts member, String cursor, Habit habit, Random random) {
        this.cursor = cursor;
        this.habit = habit;
        this.random = random;
        this.visits = new Visits("reader of events", member, this::connect);
    }

    @Override
    public String name() {
        return "the reader of events (" + habit + ")";
    }

    @Override
    public Visits visits() {
        return visits;
    }

    private void connect(URI at) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = visits.ask(request(at), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw visits.refused(
                        answer.statusCode(),
                        new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            visits.connected(at);
            follow(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        }
    }

    /// A browser sends the header, others name it in the address.
    private HttpRequest.Builder request(URI at) {
        boolean browser = random.nextBoolean();
        var request =
                HttpRequest.newBuilder(
                        at.resolve(browser ? "/v1/stream" : "/v1/stream?after=" + cursor));
        return browser ? request.header("Last-Event-ID", cursor) : request;
    }

    private void follow(BufferedReader lines) throws IOException {
        int left = 1 + random.nextInt(MOST_LINES);
        String id = cursor;
        String type = "";
        @Nullable String data = null;
        for (String line = lines.readLine();
                line != null && !visits.closed();
                line = lines.readLine()) {
            left--;
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.isEmpty()) {
                if (!type.equals(ENDED)) {
                    take(id, data, left <= 0);
                }
                type = "";
                data = null;
            }
            if (left <= 0 && (habit == Habit.CAREFUL || line.isEmpty())) {
                return;
            }
        }
    }

    /// An event without data moves the cursor.
    private void take(String id, @Nullable String data, boolean leaving) {
        if (data != null && !(leaving && habit == Habit.CURSOR_FIRST)) {
            visits.seen().add(Row.of(JSON.readTree(data)));
        }
        if (data == null || !(leaving && habit == Habit.EVENT_FIRST)) {
            cursor = id;
        }
    }
}
