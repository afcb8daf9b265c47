package io.tributary.host.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A wire to a server that can be cut: between members and their database in tests.
public final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final String host;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger swallowed = new AtomicInteger();
    private volatile boolean cut;
    private volatile boolean deaf;
    private volatile boolean silent;

    Wire(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// The address of the database behind it, by this wire.
    public static Wire to(PostgresAddress address) throws IOException {
        String place = address.url().substring("jdbc:postgresql://".length());
        String server = place.substring(0, place.indexOf('/'));
        int colon = server.indexOf(':');
        return colon < 0
                ? new Wire(server, 5432)
                : new Wire(
                        server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
    }

    public PostgresAddress through(PostgresAddress address) {
        String place = address.url().substring("jdbc:postgresql://".length());
        return new PostgresAddress(
                "jdbc:postgresql://localhost:"
                        + door.getLocalPort()
                        + place.substring(place.indexOf('/')),
                address.user(),
                address.password());
    }

    /// Ends all connections and takes no new ones, until [#mend].
    public void cut() {
        cut = true;
        sockets.forEach(Wire::close);
    }

    /// What the server answers from now on is lost, and the connection with it: it does what it was
    /// told all the same.
    void loseAnswers() {
        deaf = true;
    }

    /// From now on nothing that the server says arrives, and no connection ends: as where a network
    /// swallows packets.
    void silence() {
        silent = true;
    }

    /// How many connections lost an answer.
    int lost() {
        return swallowed.get();
    }

    public void mend() {
        cut = false;
        deaf = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(host, port);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, false));
                Thread.ofVirtual().start(() -> pump(server, client, true));
            } catch (IOException _) {
                // the door is closed, or the server takes nobody: the client is to find that out
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (answers && deaf) {
                    swallowed.incrementAndGet();
                    return;
                }
                if (answers && silent) {
                    swallowed.incrementAndGet();
                    continue;
                }
                out.write(bytes, 0, count);
                out.flush();
            }
        } catch (IOException _) {
            // cut
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is closed then
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
