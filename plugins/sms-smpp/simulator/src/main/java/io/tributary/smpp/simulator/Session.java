package io.tributary.smpp.simulator;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// One connection from an ESME.
final class Session {

    static final int RECEIVER = 1;
    static final int TRANSMITTER = 2;
    static final int TRANSCEIVER = 9;
    private static final int SUBMIT_SM = 4;
    private static final int DELIVER_SM = 5;
    private static final int UNBIND = 6;
    private static final int ENQUIRE_LINK = 0x15;
    private static final int GENERIC_NACK = Frame.RESPONSE;

    private static final int WINDOW = 10;
    private static final int PATIENCE_SECONDS = 5;
    private static final long REST = 20;
    private static final int GONE = -1;

    private final Smsc smsc;
    private final Socket socket;
    private final Map<Integer, CompletableFuture<Integer>> offered = new ConcurrentHashMap<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile int bound;
    private volatile boolean closed;

    Session(Smsc smsc, Socket socket) {
        this.smsc = smsc;
        this.socket = socket;
    }

    /// How it is bound; 0: not.
    int bound() {
        return closed ? 0 : bound;
    }

    boolean receives() {
        return bound() == RECEIVER || bound() == TRANSCEIVER;
    }

    private boolean transmits() {
        return bound() == TRANSMITTER || bound() == TRANSCEIVER;
    }

    /// Serves until the connection ends.
    void serve() {
        try {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (!closed) {
                serve(Frame.read(in));
            }
        } catch (IOException | IndexOutOfBoundsException ended) {
            // as every connection does
        } finally {
            close();
        }
    }

    private void serve(Frame frame) throws IOException {
        if ((frame.command & Frame.RESPONSE) != 0) {
            var waiting = offered.remove(frame.sequence);
            if (waiting != null) {
                waiting.complete(frame.status);
            }
            return;
        }
        switch (frame.command) {
            case RECEIVER, TRANSMITTER, TRANSCEIVER -> bind(frame);
            case SUBMIT_SM -> smsc.unanswered(unanswered.incrementAndGet(), () -> submitted(frame));
            case ENQUIRE_LINK -> {
                if (!smsc.behaviour().isDeaf()) {
                    write(frame.answer());
                }
            }
            case UNBIND -> {
                write(frame.answer());
                close();
            }
            default -> write(new Frame(GENERIC_NACK, 3, frame.sequence, new byte[0]));
        }
    }

    private void bind(Frame frame) throws IOException {
        var in = new FieldReader(frame.body);
        int status = smsc.admit(this, frame.command, in.text(), in.text());
        write(frame.answer(status, status == 0 ? "simulator" : ""));
        if (status != 0) {
            close();
        } else if (receives()) {
            smsc.execute(this::deliver);
        }
    }

    void bound(int how) {
        bound = how;
    }

    /// When its answer is due.
    private void submitted(Frame frame) {
        unanswered.decrementAndGet();
        try {
            submit(frame);
        } catch (IOException | IndexOutOfBoundsException broken) {
            close();
        }
    }

    private void submit(Frame frame) throws IOException {
        if (!transmits()) {
            write(frame.answer(4, ""));
            return;
        }
        int status = smsc.behaviour().nextAnswer();
        if (status == Behaviour.SILENCE) {
            return;
        }
        if (status == 0 || status == Behaviour.LOST) {
            take(frame, status == 0);
        } else {
            write(frame.answer(status, ""));
        }
    }

    private void take(Frame frame, boolean answers) throws IOException {
        long number = smsc.nextId();
        var taken = Taken.of(smsc.behaviour().answered(number), frame.body);
        smsc.taken(taken);
        boolean receipt = taken.wantsReceipt() && smsc.behaviour().receipts();
        var letter = Letter.receipt(taken, Long.toString(number), smsc.behaviour().state());
        if (receipt && smsc.behaviour().earlyReceipts() && receives()) {
            offerEarly(letter);
            receipt = false;
        }
        if (answers) {
            write(frame.answer(0, taken.id()));
        }
        if (receipt) {
            smsc.mailbox().add(letter);
        }
    }

    /// Offers it before all else; it waits in line where it is not taken.
    private void offerEarly(Letter letter) {
        var answer = new CompletableFuture<Integer>();
        offer(letter, answer);
        smsc.execute(() -> {
            int status = await(answer);
            smsc.answered(status);
            if (status == 0) {
                smsc.mailbox().done(letter);
            } else {
                smsc.mailbox().add(letter);
            }
        });
    }

    /// Offers what waits, some at once, in order.
    private void deliver() {
        try {
            while (!closed) {
                var letters = smsc.mailbox().take(WINDOW);
                var left = offer(letters);
                if (!left.isEmpty()) {
                    smsc.mailbox().putBack(left);
                    Thread.sleep(REST);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers those that were not taken.
    private List<Letter> offer(List<Letter> letters) {
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (var letter : letters) {
            var answer = new CompletableFuture<Integer>();
            offer(letter, answer);
            answers.add(answer);
        }
        var left = new ArrayList<Letter>();
        for (int i = 0; i < letters.size(); i++) {
            int status = await(answers.get(i));
            smsc.answered(status);
            if (status == 0) {
                smsc.mailbox().done(letters.get(i));
            } else {
                left.add(letters.get(i));
            }
        }
        return left;
    }

    private void offer(Letter letter, CompletableFuture<Integer> answer) {
        int number = sequence.incrementAndGet();
        offered.put(number, answer);
        try {
            write(new Frame(DELIVER_SM, 0, number, letter.body));
        } catch (IOException gone) {
            close();
        }
        if (closed) {
            answer.complete(GONE);
        }
    }

    private static int await(CompletableFuture<Integer> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return GONE;
        } catch (ExecutionException | TimeoutException none) {
            return GONE;
        }
    }

    private void write(Frame frame) throws IOException {
        synchronized (this) {
            socket.getOutputStream().write(frame.encode());
        }
    }

    void close() {
        closed = true;
        smsc.left(this);
        try {
            socket.close();
        } catch (IOException already) {
            // gone is gone
        }
        offered.values().forEach(each -> each.complete(GONE));
    }
}
