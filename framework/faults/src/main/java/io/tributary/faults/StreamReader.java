package io.tributary.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads server-sent events, goes away at random, between events and in the midst of them, and
/// comes back by its cursor.
final class StreamReader implements Reader {

    private static final JsonMapper JSON = new JsonMapper();

    /// The last words of a member that sends its readers away.
    private static final String ENDED = "io.tributary.ended.v1";

    private static final int MOST_LINES = 1_200;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Whereabouts member;
    private final Habit habit;
    private final Random random;
    private final Seen seen = new Seen();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread thread;
    private String cursor;
    private final AtomicLong connections = new AtomicLong();
    private volatile String trouble = "";
    private volatile boolean closed;

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
        this.member = member;
        this.cursor = cursor;
        this.habit = habit;
        this.random = random;
        this.thread = Thread.ofPlatform().daemon().name("reader of events").unstarted(this::run);
    }

    @Override
    public String name() {
        return "the reader of events (" + habit + ")";
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
                    connect(at);
                } catch (IOException broken) {
                    member.pause(PAUSE);
                }
            }
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect(URI at) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(at), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 200) {
                connections.incrementAndGet();
                follow(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
                return;
            }
            if (answer.statusCode() != 503) {
                trouble =
                        answer.statusCode()
                                + new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
            throw new IOException("answered " + answer.statusCode());
        }
    }

    /// A browser sends the header, others name it in the address.
    private HttpRequest request(URI at) {
        boolean browser = random.nextBoolean();
        var request =
                HttpRequest.newBuilder(
                                at.resolve(browser ? "/v1/stream" : "/v1/stream?after=" + cursor))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + Launch.TOKEN);
        return (browser ? request.header("Last-Event-ID", cursor) : request).build();
    }

    private void follow(BufferedReader lines) throws IOException {
        int left = 1 + random.nextInt(MOST_LINES);
        String id = cursor;
        String type = "";
        @Nullable String data = null;
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
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
            seen.add(Row.of(JSON.readTree(data)));
        }
        if (data == null || !(leaving && habit == Habit.EVENT_FIRST)) {
            cursor = id;
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        thread.interrupt();
    }
}
