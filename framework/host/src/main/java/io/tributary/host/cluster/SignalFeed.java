package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Signals of customers (typing, presence, what they are saying) on their way to the members that
/// somebody watches them on. Thread safe.
public final class SignalFeed implements AutoCloseable {

    private static final String NAME = "signals";
    private static final int VERSION = 1;
    private static final long ROOM = 4_000_000;
    private static final int ENVELOPE_BYTES = 120;

    private final Surroundings grid;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final SealedTopic topic;

    /// Who is told of signals.
    @FunctionalInterface
    public interface Watcher {

        /// On one thread for all signals: hands over and returns.
        void pass(AccountId account, Signal signal);
    }

    SignalFeed(Surroundings grid) {
        this.grid = grid;
        this.topic = new SealedTopic(grid, NAME, VERSION, ROOM, new Ear());
    }

    void start() {
        topic.start();
    }

    /// Tells the other members. Never waits and never throws; what finds no room is lost.
    public void publish(AccountId account, Signal signal) {
        if (grid.members().alone()) {
            return;
        }
        String text = signal.text();
        topic.send(
                ENVELOPE_BYTES + (text == null ? 0 : 2L * text.length()),
                () -> message(account, signal));
    }

    /// Calls `watcher` with what came up on another member. Close the answer to stop.
    public AutoCloseable onSignal(Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    @Override
    public void close() {
        topic.close();
    }

    private static byte[] message(AccountId account, Signal signal) {
        String text = signal.text();
        var out =
                new WireWriter()
                        .octet(VERSION)
                        .text(account.value())
                        .text(signal.kind().name())
                        .text(signal.line())
                        .text(signal.address())
                        .number(signal.lasts().toMillis())
                        .octet(text == null ? 0 : 1);
        return (text == null ? out : out.text(text)).toArray();
    }

    /// What the other members tell. On the hearing thread.
    private final class Ear implements SealedTopic.Hearer {

        @Override
        public void hear(UUID sender, WireReader message) {
            AccountId account;
            Signal signal;
            try {
                account = new AccountId(message.text());
                signal = signal(message);
            } catch (IllegalArgumentException wrong) {
                throw new Unreadable("a signal cannot be: " + wrong.getClass().getSimpleName());
            }
            watchers.forEach(each -> each.pass(account, signal));
        }

        private Signal signal(WireReader message) {
            Signal.Kind kind = Signal.Kind.valueOf(message.text());
            String line = message.text();
            String address = message.text();
            Duration lasts = Duration.ofMillis(message.number());
            return new Signal(
                    kind, line, address, message.octet() == 0 ? null : message.text(), lasts);
        }

        @Override
        public void turn() {}
    }
}
