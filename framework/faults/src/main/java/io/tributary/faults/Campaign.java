package io.tributary.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Agents who write to many customers first, and then again and again, over any member that runs:
/// each conversation's messages one after another, until each is taken.
final class Campaign implements AutoCloseable {

    private static final int AGENTS = 4;

    private final Size size;
    private final Agent agent;
    private final long pause;
    private final List<Reply> taken = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, String> conversations = new ConcurrentHashMap<>();
    private final List<Thread> agents = new ArrayList<>();
    private volatile String failure = "";

    /// @param conversations how many there are
    /// @param each how many messages go to each
    /// @param perSecond how many are written in a second
    record Size(int conversations, int each, int perSecond) {

        int messages() {
            return conversations * each;
        }
    }

    Campaign(Whereabouts places, Size size) {
        this.size = size;
        this.agent = new Agent(places);
        this.pause = TimeUnit.SECONDS.toNanos(1) * AGENTS / size.perSecond();
        for (int number = 0; number < AGENTS; number++) {
            int own = number;
            agents.add(
                    Thread.ofPlatform().daemon().name("agent-" + number).unstarted(() -> run(own)));
        }
    }

    void begin() {
        agents.forEach(Thread::start);
    }

    /// The customer of a conversation.
    static String address(int conversation) {
        return "+1415%07d".formatted(conversation + 1);
    }

    /// Whether everything was taken.
    ///
    /// @throws IOException something never will be
    boolean over() throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return taken.size() == size.messages();
    }

    /// What was taken so far, in order within each conversation.
    List<Reply> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    private void run(int own) {
        try {
            long next = System.nanoTime();
            for (int round = 0; round < size.each(); round++) {
                for (int each = own; each < size.conversations(); each += AGENTS) {
                    taken.add(say(each, "message %d of %d".formatted(round, each)));
                    next += pause;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        } catch (RuntimeException broken) {
            failure = "a message was not taken: " + broken.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply say(int number, String text) throws InterruptedException {
        String parts = "\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
        String known = conversations.get(number);
        var said =
                known == null
                        ? agent.say(
                                "/v1/conversations",
                                "{\"account\":\"faults\",\"address\":\""
                                        + address(number)
                                        + "\","
                                        + parts)
                        : agent.say("/v1/conversations/" + known + "/interactions", "{" + parts);
        conversations.put(number, said.path("conversationId").asString());
        return new Reply(said.path("id").asString(), address(number), text);
    }

    @Override
    public void close() {
        agents.forEach(Thread::interrupt);
        agent.close();
    }
}
