package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who is at the other end of a connection, by what the system tells.
final class OriginsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    @DisplayName("two connections from the same local port to different servers are told apart")
    void samePort() throws IOException {
        try (var database = new ServerSocket(0, 1, HERE);
                var provider = new ServerSocket(0, 1, HERE);
                Socket first = connected(0, database);
                Socket second = connected(first.getLocalPort(), provider)) {
            int port = first.getLocalPort();
            assertThat(second.getLocalPort()).isEqualTo(port);

            String toDatabase = Origins.inode(port, database.getLocalPort());
            String toProvider = Origins.inode(port, provider.getLocalPort());

            assertThat(toDatabase).isNotEmpty().isNotEqualTo("0");
            assertThat(toProvider).isNotEmpty().isNotEqualTo("0").isNotEqualTo(toDatabase);
        }
    }

    private static Socket connected(int port, ServerSocket to) throws IOException {
        var socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(HERE, port));
        socket.connect(to.getLocalSocketAddress());
        return socket;
    }
}
