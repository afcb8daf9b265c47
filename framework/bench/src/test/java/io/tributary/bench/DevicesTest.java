package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("many wearables")
@Timeout(60)
final class DevicesTest {

    private static final int MANY = 150;
    private static final int BACKLOG = 200;
    private static final int READINGS = 3 * MANY;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration YEARS = Duration.ofDays(20_000);

    private final Queue<Message> published = new ConcurrentLinkedQueue<>();
    private ServerSocket listening;
    private volatile int reason;

    private record Message(String topic, String payload) {}

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            Socket device = listening.accept();
                            Thread.ofVirtual().start(() -> serve(device));
                        }
                    } catch (IOException closed) {
                        // at the end of the test
                    }
                });
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    private URI broker() {
        return URI.create("mqtt://127.0.0.1:" + listening.getLocalPort());
    }

    /// As a broker: lets in, or not, and acknowledges.
    private void serve(Socket device) {
        try (device) {
            var in = new DataInputStream(device.getInputStream());
            while (true) {
                int kind = in.readUnsignedByte();
                byte[] body = in.readNBytes(length(in));
                if (kind == 0x10) {
                    device.getOutputStream().write(new byte[] {0x20, 3, 0, (byte) reason, 0});
                } else {
                    assertThat(kind).isEqualTo(0x32);
                    device.getOutputStream().write(publish(ByteBuffer.wrap(body)));
                }
            }
        } catch (IOException gone) {
            // as devices do
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int octet;
        int shift = 0;
        do {
            octet = in.readUnsignedByte();
            length |= (octet & 0x7F) << shift;
            shift += 7;
        } while (octet > 0x7F);
        return length;
    }

    private byte[] publish(ByteBuffer body) {
        byte[] topic = new byte[body.getShort()];
        body.get(topic);
        byte[] acknowledged = {0x40, 2, body.get(), body.get()};
        assertThat(body.get()).as("length of properties").isZero();
        byte[] payload = new byte[body.remaining()];
        body.get(payload);
        published.add(
                new Message(
                        new String(topic, StandardCharsets.US_ASCII),
                        new String(payload, StandardCharsets.US_ASCII)));
        return acknowledged;
    }

    @Test
    @DisplayName("measure in turn, each reading one time, and know in how many windows")
    void measure() throws Exception {
        try (Devices devices = Devices.open(broker(), "v1/test", MANY, YEARS)) {
            devices.measure(10_000, READINGS);
            devices.awaitSent(READINGS, PATIENCE);

            assertThat(devices.sent()).isEqualTo(READINGS);
            assertThat(devices.windows()).isEqualTo(MANY);
        }
        assertThat(published).hasSize(READINGS);
        Map<String, Integer> each = new HashMap<>();
        Set<String> records = new HashSet<>();
        for (Message message : published) {
            each.merge(message.topic(), 1, Integer::sum);
            JsonNode reading = new JsonMapper().readTree(message.payload());
            records.add(reading.path("identifier").path(0).path("value").stringValue());
            assertThat(Instant.parse(reading.path("effectiveDateTime").stringValue()))
                    .isBefore(Instant.now());
            assertThat(reading.path("valueQuantity").path("value").intValue()).isBetween(60, 119);
        }
        assertThat(records).hasSize(READINGS);
        assertThat(each).hasSize(MANY).containsEntry("v1/test/band-0/obs", 3);
        assertThat(each.values()).containsOnly(3);
    }

    @Test
    @DisplayName("tell that a broker lets one not in")
    void refused() {
        reason = 0x87;
        assertThatThrownBy(() -> Devices.open(broker(), "v1/test", 3, YEARS))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("the broker let a device not in: 135");
    }
}
