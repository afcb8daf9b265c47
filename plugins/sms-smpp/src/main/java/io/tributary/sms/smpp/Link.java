package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One session with an SMSC: requests and responses both ways over one connection.
///
/// One thread listens, another keeps it alive, any may ask. Thread safe.
///
/// Before it ends by anybody's wish it is retired: nothing more is asked, and what was asked is
/// still answered. Only whoever holds the link ends it then.
final class Link implements AutoCloseable {

    /// There are ten seconds to leave in.
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /// The id of a response to a `deliver_sm` is unused and empty (SMPP 3.4, 4.6.2).
    private static final Bytes NO_MESSAGE_ID = Bytes.wrap(new byte[1]);

    private final Wire wire;
    private final PduReader reader;
    private final Duration patience;
    private final Consumer<Heard> arrivals;
    private final AtomicInteger sequence = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Pdu>> asked = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean retired;
    private volatile @Nullable Pdu farewell;
    private volatile long heardAt = System.nanoTime();

    /// Something that the SMSC delivers on a link and that is to be answered there.
    record Heard(Link link, Pdu pdu) {

        /// Also where the thread is interrupted: what was stored and is not answered comes again.
        void answer(int status) throws NotWritten {
            link.writeSurely(pdu.response(status, NO_MESSAGE_ID));
        }
    }

    /// Over a connection that it closes in the end.
    ///
    /// @param patience how long to wait for an answer
    /// @param arrivals what is given messages and receipts, and may not wait
    Link(Wire wire, Duration patience, Consumer<Heard> arrivals) {
        this.wire = wire;
        this.reader = new PduReader(wire.in());
        this.patience = patience;
        this.arrivals = arrivals;
    }

    /// Listens until the connection ends.
    void listen() {
        try {
            while (!isClosed()) {
                var pdu = reader.next();
                heardAt = System.nanoTime();
                hear(pdu);
            }
        } catch (IOException ended) {
            // whoever has asked is told so; the connection goes on anew
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void hear(Pdu pdu) throws IOException, InterruptedException {
        if (pdu.isResponse()) {
            var waiting = asked.remove(pdu.sequence());
            if (waiting != null) {
                waiting.complete(pdu);
            }
            return;
        }
        switch (pdu.command()) {
            case Pdu.DELIVER_SM, Pdu.DATA_SM -> arrivals.accept(new Heard(this, pdu));
            case Pdu.ENQUIRE_LINK -> write(pdu.response(CommandStatus.OK, Bytes.EMPTY), patience);
            case Pdu.UNBIND -> {
                farewell = pdu; // it is answered after what is in flight
                retire();
            }
            case Pdu.ALERT_NOTIFICATION, Pdu.OUTBIND -> {
                // neither has a response, and neither asks for anything that is done here
            }
            default -> write(pdu.refused(CommandStatus.INVALID_COMMAND), patience);
        }
    }

    /// Asks whether the SMSC is there where nothing was heard of it for a while, until the
    /// connection ends: it does when nothing is heard then either.
    void keepAlive(Duration every) {
        try {
            long left = every.toNanos();
            while (!closed.await(left, TimeUnit.NANOSECONDS)) {
                left = every.toNanos() - (System.nanoTime() - heardAt);
                if (left <= 0) {
                    inquire();
                    left = every.toNanos();
                }
            }
        } catch (IOException silent) {
            // listening ends, too, when it is closed
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /// An SMSC that serves in order answers late where it is busy: whatever comes shows that it is
    /// there.
    private void inquire() throws NotWritten, Unanswered, InterruptedException {
        long since = System.nanoTime();
        try {
            ask(Pdu.ENQUIRE_LINK, Bytes.EMPTY);
        } catch (NotWritten ended) {
            if (!retired) {
                throw ended;
            }
        } catch (Unanswered late) {
            if (heardAt - since < 0) {
                throw late;
            }
        }
    }

    /// Sends a request and waits for its response.
    ///
    /// @throws NotWritten the SMSC did not get it
    /// @throws Unanswered nobody knows
    Pdu ask(int command, Bytes body) throws NotWritten, Unanswered, InterruptedException {
        return ask(command, body, patience);
    }

    private Pdu ask(int command, Bytes body, Duration limit)
            throws NotWritten, Unanswered, InterruptedException {
        int number = sequence.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
        var answer = new CompletableFuture<Pdu>();
        asked.put(number, answer);
        try {
            if (retired && command != Pdu.UNBIND) {
                throw new NotWritten("the connection is about to end");
            }
            write(Pdu.request(command, number, body), patience);
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new Unanswered("the SMSC has not answered in " + limit);
        } catch (ExecutionException ended) {
            throw new Unanswered("the connection ended before the SMSC answered");
        } finally {
            asked.remove(number);
            noticeDrained();
        }
    }

    /// Keeps the interrupt for later.
    private void writeSurely(Pdu pdu) throws NotWritten {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    write(pdu, interrupted ? FAREWELL : patience);
                    return;
                } catch (InterruptedException leaving) {
                    interrupted = true; // nothing of it went out
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// A PDU of which the last octets are missing is none, so what fails did not go out.
    ///
    /// @param limit how long to wait for others who write
    private void write(Pdu pdu, Duration limit) throws NotWritten, InterruptedException {
        if (!writing.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close(); // somebody writes and the SMSC does not read
            throw new NotWritten("the SMSC does not read");
        }
        try {
            if (isClosed()) {
                throw new NotWritten("the connection has ended");
            }
            wire.out().write(pdu.encode());
            wire.out().flush();
        } catch (NotWritten ended) {
            throw ended;
        } catch (IOException cut) {
            close();
            throw new NotWritten("the connection was cut");
        } finally {
            writing.unlock();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// Whether nothing can be asked any more.
    boolean isEnding() {
        return retired || isClosed();
    }

    /// From now on nothing is asked; what was asked is still answered.
    void retire() {
        retired = true;
        noticeDrained();
    }

    private void noticeDrained() {
        if (retired && asked.isEmpty()) {
            drained.countDown();
        }
    }

    /// Waits until what was asked is answered, or has waited long enough.
    void drain() throws InterruptedException {
        retire();
        if (!drained.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            close(); // whoever still waits is told that nobody knows
        }
    }

    /// Takes leave and ends the connection.
    void leave() throws InterruptedException {
        retire();
        try {
            if (isClosed()) {
                return;
            }
            var theirs = farewell;
            if (theirs == null) {
                ask(Pdu.UNBIND, Bytes.EMPTY, FAREWELL);
            } else {
                write(theirs.response(CommandStatus.OK, Bytes.EMPTY), FAREWELL);
            }
        } catch (IOException gone) {
            // as well
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            wire.close();
        } catch (IOException already) {
            // what cannot be closed is of no use either
        }
        for (var each : asked.values()) {
            each.completeExceptionally(new Unanswered("the connection ended"));
        }
    }
}
