package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class FeedTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\nretry: 1234\n\n\r\n";

    private static String event(long number) {
        return "id: c\nevent: e\ndata: {\"text\":\"Is my order "
                + number
                + " ready?\",\"fallbackText\":\"Is my order "
                + number
                + " ready?\"}\n\n";
    }

    @Test
    @DisplayName("each event is seen once, wherever the network cuts")
    void cuts() throws IOException {
        String sent =
                HEAD
                        + event(17)
                        + event(1_790_000_000_000_000_018L)
                        + "a\r\n: alive\n\n"
                        + event(19);
        List<Long> numbers = new ArrayList<>();

        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Selector selector = Selector.open()) {
            var feed =
                    new Feed(
                            selector,
                            URI.create("http://127.0.0.1:" + listening.getLocalPort()),
                            "token");
            try (Socket member = listening.accept()) {
                OutputStream out = member.getOutputStream();
                for (byte each : sent.getBytes(StandardCharsets.US_ASCII)) {
                    out.write(each);
                    out.flush();
                    selector.select(_ -> read(feed, numbers));
                }
            }
            assertThat(feed.opened()).isTrue();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        assertThat(numbers).containsExactly(17L, 1_790_000_000_000_000_018L, 19L);
    }

    private static void read(Feed feed, List<Long> numbers) {
        try {
            feed.read(numbers::add);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
