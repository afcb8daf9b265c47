package io.tributary.bench;

import java.io.IOException;
import java.time.Duration;

/// The outbox of a member's account: filled while the account may hardly send, and emptied as fast
/// as can be.
///
/// @param fast messages a second over each number, when it is emptied
/// @param lines numbers of the account
record Outbox(Member member, Filling filling, Provider provider, Pace pace, int fast, int lines) {

    static final int CONVERSATIONS = 1_000;

    /// Messages a second while it is filled.
    private static final int SLOW = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /// Puts the account so that it may send so many messages a second, over each of its numbers.
    @FunctionalInterface
    interface Pace {
        void put(int perSecond) throws IOException, InterruptedException;
    }

    /// What came of one filling.
    ///
    /// @param micros of the member's processor time for each message
    /// @param full megabytes on the heap after a collection while all wait
    /// @param empty and when all are sent
    record Emptied(Tally tally, double micros, double full, double empty) {}

    void fill(int messages) throws IOException, InterruptedException {
        pace.put(SLOW);
        filling.fill(messages);
    }

    void open() throws IOException, InterruptedException {
        pace.put(fast);
    }

    /// Fills it and empties it.
    Emptied round(int messages) throws IOException, InterruptedException {
        provider.begin();
        fill(messages);
        double full = Memory.heapMegabytes(member.server());
        long before = provider.count().messages();
        double cpu = member.server().cpuSeconds();
        provider.begin();
        open();
        awaitEmpty();
        cpu = member.server().cpuSeconds() - cpu;
        Tally tally = provider.count();
        if (tally.messages() > messages || tally.messages() < messages - before - lines) {
            throw new IOException("%s came, after %d".formatted(tally, before));
        }
        double empty = Memory.heapMegabytes(member.server());
        return new Emptied(tally, cpu * 1e6 / tally.messages(), full, empty);
    }

    /// Until none is queued, and nothing is under way.
    private void awaitEmpty() throws IOException, InterruptedException {
        Waiting.until(
                PATIENCE,
                Duration.ofMillis(500),
                "the outbox did not empty",
                () -> sends("queued") == 0 && sends("sending") == 0);
    }

    private double sends(String state) throws IOException, InterruptedException {
        return member.figure("tributary_outbound_sends{state=\"" + state + "\"");
    }
}
