package io.tributary.host.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the other members something, sealed, and hears what they tell. Thread safe.
///
/// Who sends never waits, and what comes never holds a thread of the grid's: on both sides a queue
/// of so many bytes lies between, and what finds no room is lost and counted. Messages of one
/// sender are heard in their order, each once. Both threads are platform threads: plugins that spin
/// on the carriers of the virtual ones must not keep the news back.
final class SealedTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealedTopic.class);
    private static final Duration TURN = Duration.ofMillis(200);

    private final Surroundings grid;
    private final String name;
    private final int version;
    private final Hearer hearer;
    private final ITopic<Object> topic;
    private final Bounded<Outgoing> outgoing;
    private final Bounded<Arrived> arrived;
    private final Repeats repeats = new Repeats();
    private final UUID registration;
    private final Thread sender;
    private final Thread receiver;
    private volatile boolean closed;

    /// @param content made on the sending thread
    private record Outgoing(long weight, Supplier<byte[]> content) {}

    private static final class Arrived {

        private final UUID sender;
        private final byte[] sealed;

        Arrived(UUID sender, byte[] sealed) {
            this.sender = sender;
            this.sealed = sealed;
        }
    }

    /// Who hears. Called on one thread, so it hands over and returns.
    interface Hearer {

        /// @throws Unreadable the message has another form
        void hear(UUID sender, WireReader message);

        /// It is quiet, or a message was heard: several times a second.
        void turn();
    }

    /// @param version the first octet of messages that are understood here
    /// @param room bytes that may wait on each side
    SealedTopic(Surroundings grid, String name, int version, long room, Hearer hearer) {
        this.grid = grid;
        this.name = name;
        this.version = version;
        this.hearer = hearer;
        this.topic = grid.hazelcast().getTopic(name);
        this.outgoing = new Bounded<>(room, Outgoing::weight);
        this.arrived = new Bounded<>(room, each -> each.sealed.length);
        this.sender = thread("send", this::sendAll);
        this.receiver = thread("hear", this::hearAll);
        this.registration = topic.addMessageListener(this::arrived);
    }

    /// Begins to send and to hear. Until then all of it waits.
    void start() {
        sender.start();
        receiver.start();
    }

    private Thread thread(String what, Runnable work) {
        return Thread.ofPlatform().daemon().name("grid-" + name + "-" + what).unstarted(work);
    }

    /// Hands a message over to be sent.
    ///
    /// @param weight about how many bytes it holds back until then
    /// @param content makes the message, on the sending thread; begins with the version
    /// @return false: there is no room, and nobody will hear it
    boolean send(long weight, Supplier<byte[]> content) {
        if (closed || outgoing.offer(new Outgoing(weight, content))) {
            return !closed;
        }
        grid.figures().lost(name, Loss.NO_ROOM);
        return false;
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        receiver.interrupt();
        try {
            topic.removeMessageListener(registration);
        } catch (RuntimeException gone) {
            LOG.debug("the grid is gone already failure={}", gone.getClass().getName());
        }
    }

    private void sendAll() {
        while (!closed) {
            try {
                outgoing.poll(TURN).ifPresent(this::publish);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void publish(Outgoing next) {
        try {
            byte[] content = next.content().get();
            byte[] sealed = grid.sealed().seal(content, about(grid.members().selfId()));
            topic.publish(sealed);
            grid.figures().sent(name, sealed.length);
        } catch (RuntimeException failure) {
            // the grid stops, or is torn: nothing that depends on us
            grid.figures().lost(name, Loss.NOT_SENT);
            LOG.debug("not sent feed={} failure={}", name, failure.getClass().getName());
        }
    }

    /// On a thread of the grid's.
    private void arrived(Message<Object> message) {
        try {
            Member publisher = message.getPublishingMember();
            UUID from = publisher == null ? null : publisher.getUuid();
            if (from == null || from.equals(grid.members().selfId())) {
                return;
            }
            if (!(message.getMessageObject() instanceof byte[] sealed)) {
                grid.figures().lost(name, Loss.NOT_OPENED);
                grid.alarm().notOpened(name, from);
            } else if (!arrived.offer(new Arrived(from, sealed))) {
                grid.figures().lost(name, Loss.NO_ROOM);
            }
        } catch (RuntimeException foreign) {
            // such as an object of a class that nobody may bring in
            grid.figures().lost(name, Loss.NOT_OPENED);
            grid.alarm().notOpened(name, null);
        }
    }

    private void hearAll() {
        while (!closed) {
            try {
                arrived.poll(TURN).ifPresent(this::hear);
                hearer.turn();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error failure) {
                // the messages to come are for others as well
                LOG.warn("who hears of the grid failed feed={}", name, failure);
            }
        }
    }

    private void hear(Arrived next) {
        Optional<Sealed.Opened> opened = grid.sealed().open(next.sealed, about(next.sender));
        if (opened.isEmpty()) {
            grid.figures().lost(name, Loss.NOT_OPENED);
            grid.alarm().notOpened(name, next.sender);
            return;
        }
        if (!repeats.isNew(opened.get())) {
            grid.figures().lost(name, Loss.REPEATED);
            return;
        }
        grid.figures().received(name, next.sealed.length);
        try {
            var message = new WireReader(opened.get().content());
            if (message.octet() != version) {
                grid.figures().lost(name, Loss.NOT_READ);
                return;
            }
            hearer.hear(next.sender, message);
        } catch (Unreadable unreadable) {
            grid.figures().lost(name, Loss.NOT_READ);
            LOG.debug("not read feed={} reason={}", name, unreadable.getMessage());
        }
    }

    /// Who speaks is part of the seal: nobody can pass a message on as another's.
    private String about(UUID speaker) {
        return "topic " + name + " " + speaker;
    }
}
