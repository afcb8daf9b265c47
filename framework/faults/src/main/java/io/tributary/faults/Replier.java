package io.tributary.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// An agent who answers in many conversations in turn, so many replies a second, over any member
/// that runs. What is not taken, or of which nobody knows, is said again under the same key, until
/// it is taken.
final class Replier implements Runnable, AutoCloseable {

    private static final int CONVERSATIONS = 50;

    private final Agent agent;
    private final long pause;
    private final int number;
    private final int of;
    private final List<Reply> taken = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("replier").unstarted(this);
    private volatile boolean over;
    private volatile String failure = "";
    private final AtomicLong count = new AtomicLong();

    private record Conversation(String id, String address) {}

    /// @param number of this agent, who has its share of the conversations
    /// @param of how many there are
    Replier(Whereabouts places, int replies, int number, int of) {
        this.agent = new Agent(places);
        this.number = number;
        this.of = of;
        this.pause = TimeUnit.SECONDS.toNanos(1) / replies;
    }

    void begin() {
        thread.start();
    }

    /// How many replies were taken.
    long count() {
        return count.get();
    }

    /// How often one had to be said again.
    long again() {
        return agent.again();
    }

    /// Why it ended by itself; empty: it did not.
    String trouble() {
        return failure;
    }

    /// Says nothing new any more; returns at once.
    void stop() {
        over = true;
    }

    /// Ends, and answers what was taken, in order.
    List<Reply> end() throws IOException, InterruptedException {
        stop();
        thread.join();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return List.copyOf(taken);
    }

    @Override
    public void run() {
        try {
            List<Conversation> conversations = conversations();
            long next = System.nanoTime();
            for (int i = 0; !over; i++) {
                taken.add(
                        say(
                                "reply " + number + "." + i,
                                conversations.get(i % conversations.size())));
                count.incrementAndGet();
                next += pause;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException | RuntimeException broken) {
            failure = "a reply was not taken: " + broken.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply say(String text, Conversation conversation) throws InterruptedException {
        JsonNode said =
                agent.say(
                        "/v1/conversations/" + conversation.id() + "/interactions",
                        "{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
        return new Reply(said.path("id").asString(), conversation.address(), text);
    }

    private List<Conversation> conversations() throws IOException, InterruptedException {
        JsonNode answer = agent.read("/v1/conversations?limit=" + CONVERSATIONS);
        List<Conversation> all = new ArrayList<>();
        for (JsonNode each : answer.path("items")) {
            all.add(new Conversation(each.path("id").asString(), each.path("address").asString()));
        }
        List<Conversation> ours =
                all.stream()
                        .filter(each -> Math.floorMod(each.id().hashCode(), of) == number)
                        .toList();
        if (ours.isEmpty()) {
            throw new IOException("there is no conversation to answer in: " + answer);
        }
        return ours;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        agent.close();
    }
}
