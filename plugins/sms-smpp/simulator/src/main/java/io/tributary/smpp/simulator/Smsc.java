package io.tributary.smpp.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// An SMSC on the loopback, with one account. Thread safe.
public final class Smsc implements AutoCloseable {

    /// Its account, unless it is told another.
    public static final String SYSTEM_ID = "tributary";

    /// That account's password.
    public static final String PASSWORD = "sesame";

    private static final int BACKLOG = 50;
    private static final int WRONG_PASSWORD = 0x0E;
    private static final int WRONG_SYSTEM_ID = 0x0F;
    private static final int ALREADY_BOUND = 0x05;

    /// Such that hexadecimal and decimal are not the same.
    private static final long FIRST_ID = 610_467_000;

    private final ServerSocket server;
    private final String systemId;
    private final String password;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Mailbox mailbox = new Mailbox();
    private final Behaviour behaviour = new Behaviour();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final AtomicInteger mostBound = new AtomicInteger();

    private final AtomicInteger mostUnanswered = new AtomicInteger();
    private volatile Consumer<Taken> taker = taken::add;

    private Smsc(ServerSocket server, String systemId, String password) {
        this.server = server;
        this.systemId = systemId;
        this.password = password;
    }

    /// Serves until it is closed.
    ///
    /// @param port 0: a free one
    /// @throws IOException the port is taken
    public static Smsc start(int port) throws IOException {
        return start(port, SYSTEM_ID, PASSWORD);
    }

    /// As [#start(int)], with another account.
    public static Smsc start(int port, String systemId, String password) throws IOException {
        var server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        var smsc = new Smsc(server, systemId, password);
        smsc.threads.execute(smsc::listen);
        return smsc;
    }

    private void listen() {
        try {
            while (!server.isClosed()) {
                var session = new Session(this, server.accept());
                sessions.add(session);
                threads.execute(session::serve);
            }
        } catch (IOException closed) {
            // in the end it is
        }
    }

    /// Where it is: what `url` is to be.
    public URI uri() {
        return URI.create("smpp://127.0.0.1:" + server.getLocalPort());
    }

    /// How it behaves.
    public Behaviour behaviour() {
        return behaviour;
    }

    /// A customer sends a text. It is offered until it is taken.
    public void say(String from, String to, String text) {
        mailbox.add(Letter.said(from, to, text));
    }

    /// Something is sent as it is, such as one of several.
    ///
    /// @param octets of the message in hexadecimal, header and all
    /// @param text under which it is [#acknowledged()]; empty: it is not named there
    public void offer(
            String from, String to, int esmClass, int coding, String octets, String text) {
        mailbox.add(Letter.of(from, to, esmClass, coding, HexFormat.of().parseHex(octets), text));
    }

    /// What was said and taken.
    public List<String> acknowledged() {
        return mailbox.acknowledged();
    }

    /// How each that was offered was answered; -1: not.
    public List<Integer> answers() {
        return List.copyOf(answers);
    }

    /// What was submitted and taken, in order.
    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    /// Hands over what is submitted and taken from now on, instead of keeping it.
    ///
    /// @param other is called before the answer goes, by several threads at once
    public void handTo(Consumer<Taken> other) {
        taker = other;
    }

    /// How many are bound now.
    public int bound() {
        return (int) sessions.stream().filter(each -> each.bound() != 0).count();
    }

    /// How many were bound at once at most.
    public int mostBound() {
        return mostBound.get();
    }

    /// How many submissions waited for their answers at once at most, on one connection.
    public int mostUnanswered() {
        return mostUnanswered.get();
    }

    /// Cuts all connections. They can be made again at once.
    public void cut() {
        sessions.forEach(Session::close);
    }

    /// Cuts the connections that only receive.
    public void cutReceivers() {
        sessions.stream().filter(each -> each.bound() == Session.RECEIVER).forEach(Session::close);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }

    /// 0: it may bind, and is bound.
    synchronized int admit(Session session, int how, String name, String word) {
        if (behaviour.bindStatus() != 0) {
            return behaviour.bindStatus();
        }
        if (!name.equals(systemId)) {
            return WRONG_SYSTEM_ID;
        }
        if (!word.equals(password)) {
            return WRONG_PASSWORD;
        }
        if (bound() >= behaviour.mostBinds()) {
            return ALREADY_BOUND;
        }
        session.bound(how);
        mostBound.accumulateAndGet(bound(), Math::max);
        return 0;
    }

    void left(Session session) {
        sessions.remove(session);
    }

    void execute(Runnable work) {
        threads.execute(work);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    void taken(Taken message) {
        taker.accept(message);
    }

    /// So many wait on a connection: answers this one when it is due.
    void unanswered(int number, Runnable answering) {
        mostUnanswered.accumulateAndGet(number, Math::max);
        if (behaviour.answersAtOnce()) {
            answering.run();
            return;
        }
        threads.execute(() -> {
            try {
                behaviour.awaitAnswer();
                answering.run();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void answered(int status) {
        answers.add(status);
    }

    long nextId() {
        return ids.incrementAndGet();
    }
}
