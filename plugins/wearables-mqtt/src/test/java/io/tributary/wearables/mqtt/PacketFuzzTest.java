package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;

/// What a broker may say that nobody has thought of.
class PacketFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void everyPacketIsReadOrRefused(byte[] said) throws IOException {
        // what is no UTF-8 is longer when it is written again, and a field is at most 64 kB
        var buffer = new PacketBuffer(new ByteArrayInputStream(said), 16 * 1_024);
        int bytes = 0;
        try {
            while (true) {
                var framed = buffer.poll();
                if (framed == null) {
                    buffer.fill();
                    continue;
                }
                bytes += framed.body().length();
                var packet = PacketReader.read(framed);
                if (packet instanceof Packet.Publish publish) {
                    assertThat(again(publish)).isEqualTo(publish);
                }
            }
        } catch (NotMqtt | EOFException end) {
            assertThat(bytes).isLessThanOrEqualTo(said.length);
        }
    }

    /// What was read once is written and read the same.
    private static Packet again(Packet.Publish publish) throws IOException {
        Bytes written = PacketWriter.write(publish);
        var buffer = new PacketBuffer(written.asStream(), 1 << 20);
        for (var framed = buffer.poll(); ; framed = buffer.poll()) {
            if (framed != null) {
                return PacketReader.read(framed.first(), framed.body());
            }
            buffer.fill();
        }
    }
}
