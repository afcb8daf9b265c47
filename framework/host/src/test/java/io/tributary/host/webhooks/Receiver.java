package io.tributary.host.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// An app that webhooks are posted to, on the loopback, and answers as it is told to.
final class Receiver implements AutoCloseable {

    final List<Post> posts = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour = says(200);

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /// What came.
    record Post(String path, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /// What the message says.
        String text() {
            return body.replaceAll("(?s).*\"say\":\"([^\"]*)\".*", "$1");
        }
    }

    /// How one post is answered.
    @FunctionalInterface
    interface Behaviour {
        void answer(Post post, OutputStream out) throws IOException;
    }

    Receiver() throws IOException {
        Thread.startVirtualThread(this::accept);
    }

    static Behaviour says(int status, String... headers) {
        return (_, out) ->
                out.write(
                        ("HTTP/1.1 "
                                        + status
                                        + " Answer\r\nContent-Length: 0\r\n"
                                        + String.join("", headers)
                                        + "\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Fails for those posts and takes the others.
    static Behaviour failsFor(Predicate<Post> which) {
        return (post, out) -> says(which.test(post) ? 500 : 200).answer(post, out);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
    }

    List<String> texts() {
        return posts.stream().map(Post::text).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String line = line(in);
                if (line.isEmpty()) {
                    return;
                }
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String next = line(in); !next.isEmpty(); next = line(in)) {
                    String[] header = next.split(": ", 2);
                    headers.put(header[0], header[1]);
                }
                int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                var post = new Post(line.split(" ")[1], headers, body);
                posts.add(post);
                behaviour.answer(post, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException gone) {
            // the other end went away, as some tests want
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
