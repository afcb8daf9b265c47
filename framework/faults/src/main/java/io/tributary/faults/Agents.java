package io.tributary.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Agents who answer side by side, each in conversations of its own: what one says in a
/// conversation stays in order.
final class Agents implements AutoCloseable {

    /// More than this one agent does not say in a second, waiting for each answer.
    private static final int EACH = 100;

    private final List<Replier> agents = new ArrayList<>();

    /// @param replies a second, of all of them together, while they are taken as fast
    Agents(Whereabouts places, int replies) {
        int number = Math.ceilDiv(replies, EACH);
        for (int i = 0; i < number; i++) {
            agents.add(new Replier(places, replies / number, i, number));
        }
    }

    void begin() {
        agents.forEach(Replier::begin);
    }

    /// How many replies were taken.
    long count() {
        return agents.stream().mapToLong(Replier::count).sum();
    }

    /// How often one had to be said again.
    long again() {
        return agents.stream().mapToLong(Replier::again).sum();
    }

    /// Why one of them ended by itself; empty: none did.
    String trouble() {
        return agents.stream()
                .map(Replier::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Ends, and answers what was taken: what went to one address, in order.
    List<Reply> end() throws IOException, InterruptedException {
        agents.forEach(Replier::stop);
        List<Reply> taken = new ArrayList<>();
        for (Replier agent : agents) {
            taken.addAll(agent.end());
        }
        return taken;
    }

    @Override
    public void close() {
        agents.forEach(Replier::close);
    }
}
