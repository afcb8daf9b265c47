package io.tributary.host.cluster;

import io.tributary.model.AccountId;
import io.tributary.model.Signal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Signals on their way between members: of customers (typing, presence, what they are saying) to
/// those that somebody watches them on, and of our side to the one that the customer is connected
/// to. Thread safe.
///
/// Each is told once and by nobody repeated: what is lost was not worth keeping.
public final class SignalFeed implements AutoCloseable {

    private static final String NAME = "signals";
    private static final int VERSION = 1;
    private static final int THEIRS = 1;
    private static final int OURS = 2;
    private static final long ROOM = 4_000_000;

    /// What is told later than that is no longer so.
    private static final Duration WORTH = Duration.ofSeconds(5);

    private static final int ENVELOPE_BYTES = 120;

    private final Surroundings grid;
    private final Clock clock;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final SealedTopic topic;

    /// Who is told what came up on another member. Called on one thread for all signals: hands over
    /// and returns.
    public interface Watcher {

        /// A customer does something.
        void theirs(AccountId account, Signal signal);

        /// Our side does something that the other member cannot show to the customer.
        void ours(OurSignal signal);
    }

    /// @param clock that members have in common
    SignalFeed(Surroundings grid, Clock clock) {
        this.grid = grid;
        this.clock = clock;
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

    /// The same for one of ours.
    public void publish(OurSignal signal) {
        if (grid.members().alone()) {
            return;
        }
        topic.send(
                2 * ENVELOPE_BYTES,
                () -> {
                    var out = new WireWriter().octet(VERSION).octet(OURS).number(clock.millis());
                    signal.write(out);
                    return out.toArray();
                });
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

    private byte[] message(AccountId account, Signal signal) {
        String text = signal.text();
        var out =
                new WireWriter()
                        .octet(VERSION)
                        .octet(THEIRS)
                        .number(clock.millis())
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
            int kind = message.octet();
            if (clock.millis() - message.number() > WORTH.toMillis()) {
                // one of us stood still: it is no longer so
                return;
            }
            try {
                switch (kind) {
                    case THEIRS -> theirs(message);
                    case OURS -> ours(message);
                    default -> throw new Unreadable("a kind of signal that there is not");
                }
            } catch (IllegalArgumentException wrong) {
                throw new Unreadable("a signal cannot be: " + wrong.getClass().getSimpleName());
            }
        }

        private void theirs(WireReader message) {
            var account = new AccountId(message.text());
            Signal.Kind kind = Signal.Kind.valueOf(message.text());
            String line = message.text();
            String address = message.text();
            Duration lasts = Duration.ofMillis(message.number());
            String text = message.octet() == 0 ? null : message.text();
            var signal = new Signal(kind, line, address, text, lasts);
            watchers.forEach(each -> each.theirs(account, signal));
        }

        private void ours(WireReader message) {
            OurSignal signal = OurSignal.read(message);
            watchers.forEach(each -> each.ours(signal));
        }

        @Override
        public void turn() {}
    }
}
