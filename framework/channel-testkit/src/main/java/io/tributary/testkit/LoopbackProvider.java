package io.tributary.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that misbehaves, on a free port of the loopback. What a provider does when it works
/// is better shown by a simulator of that provider.
public final class LoopbackProvider implements AutoCloseable {

    private final ServerSocket server;
    private final Answering answering;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore arrived = new Semaphore(0);
    private final AtomicInteger requests = new AtomicInteger();

    private LoopbackProvider(Answering answering) {
        this.answering = answering;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException("no port on the loopback", failure);
        }
        Thread.ofVirtual().name("provider").start(this::accept);
    }

    /// Takes requests and never answers.
    public static LoopbackProvider silent() {
        return new LoopbackProvider(Answering.NEVER);
    }

    /// Takes requests and hangs up without an answer.
    public static LoopbackProvider hangingUp() {
        return new LoopbackProvider(Answering.HANG_UP);
    }

    /// Answers every request alike.
    ///
    /// @param type the body's media type
    public static LoopbackProvider answering(int status, String type, String body) {
        return new LoopbackProvider(Answering.with(status, type, body));
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
        return requests.get();
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
        try {
            var input = socket.getInputStream();
            while (HttpWire.skipRequest(input)) {
                requests.incrementAndGet();
                arrived.release();
                if (!answering.answer(socket.getOutputStream())) {
                    break;
                }
            }
            socket.close();
        } catch (IOException gone) {
            // The client hung up, or the test is over.
        } finally {
            open.remove(socket);
        }
    }
}
