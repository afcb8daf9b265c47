package io.tributary.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What lies between a member and its database: it can be cut as a whole, or in the midst of a
/// commit, and led to another server. Thread safe.
final class Cable implements AutoCloseable {

    /// How the connection that writes the log names itself to the server.
    private static final String WRITER = "tributary append";

    /// What is longer is a batch: all else that goes over that connection is short.
    private static final int BATCH = 600;

    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Moment> next = new AtomicReference<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int server;
    private volatile boolean cut;

    /// When the connection is cut in the midst of a commit.
    enum Moment {
        /// The server has half of the batch, and does nothing.
        HALF_SENT,
        /// The server has it all; the member hears nothing.
        SENT,
        /// The server has committed and answered; the answer is lost.
        COMMITTED
    }

    /// @param at where members are to find it
    /// @param server the port of a server on the loopback
    Cable(InetAddress at, int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, at);
        Thread.ofPlatform().daemon().name("cable").start(this::accept);
    }

    /// The address of the database by this cable.
    String url() {
        return "jdbc:postgresql://%s:%d/postgres"
                .formatted(door.getInetAddress().getHostAddress(), door.getLocalPort());
    }

    /// Ends all connections and takes no new ones, until [#mend].
    void cut() {
        cut = true;
        sockets.forEach(Cable::close);
    }

    void mend() {
        cut = false;
    }

    /// Whoever comes from now on comes to this server.
    void leadTo(int port) {
        server = port;
    }

    /// Cuts the connection that writes the log during its next batch; it may come again at once.
    void cutInCommit(Moment moment) {
        next.set(moment);
    }

    /// How often that has happened.
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException refused) {
                // the door is closed, or the server takes nobody: the client finds that out
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
            client.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(to);
            if (cut) {
                close(client);
                close(to);
            }
            var connection = new Connection(client, to);
            Thread.ofPlatform().daemon().start(connection::carryQuestions);
            Thread.ofPlatform().daemon().start(connection::carryAnswers);
        } catch (IOException refused) {
            client.close();
            throw refused;
        }
    }

    /// One of a member's connections.
    private final class Connection {

        private final Socket client;
        private final Socket to;
        private boolean writes;
        private volatile boolean deaf;

        Connection(Socket client, Socket to) {
            this.client = client;
            this.to = to;
        }

        void carryQuestions() {
            byte[] bytes = new byte[256 * 1024];
            try (client;
                    to) {
                InputStream in = client.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    writes |= names(bytes, count);
                    Moment moment = writes && count > BATCH ? next.getAndSet(null) : null;
                    switch (moment) {
                        case null -> out.write(bytes, 0, count);
                        case HALF_SENT -> {
                            cuts.incrementAndGet();
                            out.write(bytes, 0, count / 2);
                            return;
                        }
                        case SENT -> {
                            cuts.incrementAndGet();
                            out.write(bytes, 0, count);
                            return;
                        }
                        case COMMITTED -> {
                            deaf = true;
                            out.write(bytes, 0, count);
                        }
                    }
                }
            } catch (IOException cutOff) {
                // as it shall be
            } finally {
                forget();
            }
        }

        private boolean names(byte[] bytes, int count) {
            return count < BATCH
                    && new String(Arrays.copyOf(bytes, count), StandardCharsets.ISO_8859_1)
                            .contains(WRITER);
        }

        void carryAnswers() {
            byte[] bytes = new byte[64 * 1024];
            try (client;
                    to) {
                InputStream in = to.getInputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    if (deaf) {
                        cuts.incrementAndGet();
                        return;
                    }
                    client.getOutputStream().write(bytes, 0, count);
                }
            } catch (IOException cutOff) {
                // as it shall be
            } finally {
                forget();
            }
        }

        private void forget() {
            sockets.remove(client);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // it is as closed as it can be
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
