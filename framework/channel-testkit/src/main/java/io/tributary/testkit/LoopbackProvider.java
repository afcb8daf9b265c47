package io.tributary.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider on a free port of the loopback that plays a script, whatever it is asked, and
/// remembers what that was. Made for misbehaving; what a provider does when it works is better
/// shown by a simulator of that provider.
public final class LoopbackProvider implements AutoCloseable {

    private final ServerSocket server;
    private final List<Turn> script;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore arrived = new Semaphore(0);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private LoopbackProvider(List<Turn> script) {
        if (script.isEmpty()) {
            throw new IllegalArgumentException("a script needs a turn at least");
        }
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException("no port on the loopback", failure);
        }
        Thread.ofVirtual().name("provider").start(this::accept);
    }

    /// Plays one turn for each request, and the last one again and again.
    public static LoopbackProvider playing(Turn... script) {
        return new LoopbackProvider(List.of(script));
    }

    /// Takes requests and never answers.
    public static LoopbackProvider silent() {
        return playing(Turn.SILENCE);
    }

    /// Takes requests and hangs up without an answer.
    public static LoopbackProvider hangingUp() {
        return playing(Turn.HANG_UP);
    }

    /// Answers every request alike.
    ///
    /// @param type the body's media type
    public static LoopbackProvider answering(int status, String type, String body) {
        return playing(Turn.answer(status).body(type, body));
    }

    /// An address at which nobody listens, for as long as this process runs.
    public static URI unreachable() {
        return URI.create("http://127.0.0.1:" + Taken.SOCKET.getLocalPort());
    }

    /// A port that is taken and not listened at: a free one could be another process's by the time
    /// somebody calls it.
    private static final class Taken {

        private static final Socket SOCKET = new Socket();

        static {
            try {
                SOCKET.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException noPort) {
                throw new UncheckedIOException(noPort);
            }
        }
    }

    /// Where it listens.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// How many whole requests it has read.
    public int requests() {
        return asked.size();
    }

    /// All whole requests that it has read, in order.
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// Waits for one more whole request.
    ///
    /// @throws AssertionError none came in time
    public void awaitRequest(Duration patience) throws InterruptedException {
        if (!arrived.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("no request came within " + patience.toMillis() + " ms");
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot close the provider", failure);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("provider request").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var input = socket.getInputStream();
            boolean goesOn = true;
            while (goesOn) {
                int first = input.read();
                goesOn = first >= 0 && play(next(), first, socket);
            }
        } catch (IOException gone) {
            // The client hung up, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private Turn next() {
        return script.get(Math.min(taken.getAndIncrement(), script.size() - 1));
    }

    /// Plays one turn.
    ///
    /// @return whether the connection stays open
    private boolean play(Turn turn, int first, Socket socket) throws IOException {
        if (turn instanceof Turn.Accident accident && accident == Turn.Accident.HANG_UP_UNREAD) {
            // What was not read is answered with a reset.
            socket.setSoLinger(true, 0);
            return false;
        }
        asked.add(HttpWire.read(first, socket.getInputStream()));
        arrived.release();
        return switch (turn) {
            case Turn.Accident accident -> accident == Turn.Accident.SILENCE;
            case Turn.Answer answer ->
                    HttpWire.write(answer, socket.getOutputStream(), this::isOver);
        };
    }

    private boolean isOver(Duration time) throws IOException {
        try {
            return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
