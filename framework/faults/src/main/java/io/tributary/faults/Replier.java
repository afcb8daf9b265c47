package io.tributary.faults;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// An agent who answers in many conversations in turn, so many replies a second.
final class Replier implements Runnable, AutoCloseable {

    private static final int CONVERSATIONS = 50;

    private final Member member;
    private final long pause;
    private final Map<String, List<String>> taken = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("replier").unstarted(this);
    private volatile boolean over;
    private volatile String failure = "";
    private volatile long count;

    Replier(Member member, int replies) {
        this.member = member;
        this.pause = TimeUnit.SECONDS.toNanos(1) / replies;
    }

    void begin() {
        thread.start();
    }

    /// How many replies were taken.
    long count() {
        return count;
    }

    /// Ends, and answers what was taken for each number, in order.
    Map<String, List<String>> end() throws IOException, InterruptedException {
        over = true;
        thread.join();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return Map.copyOf(taken);
    }

    @Override
    public void run() {
        try {
            List<JsonNode> conversations = conversations();
            long next = System.nanoTime();
            for (int i = 0; !over; i++) {
                JsonNode conversation = conversations.get(i % conversations.size());
                String text = "reply " + i;
                member.change(
                        "POST",
                        "/v1/conversations/" + conversation.path("id").asString() + "/interactions",
                        "application/json",
                        BodyPublishers.ofString(
                                "{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}"));
                taken.computeIfAbsent(
                                conversation.path("address").asString(), _ -> new ArrayList<>())
                        .add(text);
                count++;
                next += pause;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException | RuntimeException broken) {
            failure = "a reply was not taken: " + broken.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JsonNode> conversations() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        member.json("/v1/conversations?limit=" + CONVERSATIONS).path("items").forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
