package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("packets of MQTT 5")
class PacketsTest {

    private static final int MOST = 1_024;

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static InputStream stream(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(hex));
    }

    private static List<Packet> read(InputStream in) throws IOException {
        var buffer = new PacketBuffer(in, MOST);
        var packets = new ArrayList<Packet>();
        while (true) {
            for (var next = buffer.poll(); next != null; next = buffer.poll()) {
                packets.add(PacketReader.read(next));
            }
            try {
                buffer.fill();
            } catch (EOFException end) {
                return packets;
            }
        }
    }

    @Test
    @DisplayName("are written byte by byte as the standard has them")
    void written() {
        var connect =
                new Packet.Connect(
                        "a-0",
                        false,
                        30,
                        "u",
                        "p",
                        PacketProperties.NONE.number(PacketProperties.SESSION_EXPIRY, 10));
        assertThat(hex(PacketWriter.write(connect)))
                .isEqualTo(
                        "101b"
                                + "00044d515454"
                                + "05"
                                + "c0"
                                + "001e"
                                + "05"
                                + "110000000a"
                                + "0003612d30"
                                + "000175"
                                + "000170");
        assertThat(
                        hex(
                                PacketWriter.write(
                                        new Packet.Subscribe(
                                                10, List.of(new Packet.Filter("a/+/b", 1, 2))))))
                .isEqualTo("820b" + "000a" + "00" + "0005612f2b2f62" + "21");
        assertThat(hex(PacketWriter.write(new Packet.PubAck(258, 0)))).isEqualTo("40020102");
        assertThat(hex(PacketWriter.write(new Packet.PingReq()))).isEqualTo("c000");
        assertThat(hex(PacketWriter.write(new Packet.Disconnect(0)))).isEqualTo("e00100");
        assertThat(
                        hex(
                                PacketWriter.write(
                                        new Packet.Publish(
                                                "t",
                                                Bytes.utf8("x"),
                                                1,
                                                7,
                                                false,
                                                PacketProperties.NONE))))
                .isEqualTo("3207" + "000174" + "0007" + "00" + "78");
    }

    @ParameterizedTest(name = "{0} bytes have the length {1}")
    @DisplayName("have lengths of one to four bytes")
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097152, 80808001"
    })
    void lengths(int length, String expected) throws NotMqtt {
        var form = new PacketForm().variable(length);

        assertThat(hex(form.bytes())).isEqualTo(expected);
        assertThat(new PacketFields(form.bytes()).variable()).isEqualTo(length);
    }

    @Test
    @DisplayName("are read, whatever pieces they come in")
    void read() throws IOException {
        var all =
                "2006"
                        + "01"
                        + "00"
                        + "03"
                        + "210014"
                        + "3111"
                        + "000161"
                        + "0c"
                        + "0200000005"
                        + "26000161000162"
                        + "78"
                        + "40021234"
                        + "4003123410"
                        + "9004000a0001"
                        + "d000"
                        + "e0018e";
        for (int chunk : new int[] {1, 2, 5, 1_000}) {
            var dripping =
                    new InputStream() {
                        private final InputStream in = stream(all);

                        @Override
                        public int read() throws IOException {
                            return in.read();
                        }

                        @Override
                        public int read(byte[] into, int at, int length) throws IOException {
                            return in.read(into, at, Math.min(length, chunk));
                        }
                    };
            assertThat(read(dripping))
                    .containsExactly(
                            new Packet.ConnAck(
                                    true,
                                    0,
                                    PacketProperties.NONE.number(
                                            PacketProperties.RECEIVE_MAXIMUM, 20)),
                            new Packet.Publish(
                                    "a",
                                    Bytes.utf8("x"),
                                    0,
                                    0,
                                    true,
                                    PacketProperties.NONE
                                            .number(PacketProperties.MESSAGE_EXPIRY, 5)
                                            .with(new PacketProperties.User("a", "b"))),
                            new Packet.PubAck(0x1234, 0),
                            new Packet.PubAck(0x1234, 0x10),
                            new Packet.SubAck(10, List.of(1)),
                            new Packet.PingResp(),
                            new Packet.Disconnect(0x8E));
        }
    }

    @ParameterizedTest
    @DisplayName("are refused where they are none")
    @ValueSource(
            strings = {
                "30ffffffff01", // a length of five bytes
                "20ffff03", // more than was agreed on
                "3404000161000100", // QoS 2
                "3604000161000100", // QoS 3
                "3206000161000000", // packet identifier 0
                "310400036100", // a topic beyond the packet
                "20050000022100", // a property that is cut
                "2003000000ff", // properties that are longer than the packet
                "d00100", // a PINGRESP with a body
                "d100", // flags where there are none
                "10020000", // what clients say
                "62020001", // PUBREL, which belongs to QoS 2
                "f00100", // AUTH, which nobody began
            })
    void refused(String hex) {
        assertThatThrownBy(() -> read(stream(hex + "00000000"))).isInstanceOf(NotMqtt.class);
    }

    private static Packet message(String topic, String payload, PacketProperties properties) {
        return new Packet.Publish(topic, Bytes.utf8(payload), 1, 7, false, properties);
    }

    @Test
    @DisplayName("that a device has filled badly are read all the same, and can be acknowledged")
    void badlyFilled() throws IOException {
        assertThat(read(stream("3208" + "0002c328" + "0007" + "00" + "78")))
                .containsExactly(message("\uFFFD(", "x", PacketProperties.NONE));
        assertThat(read(stream("320e" + "000161" + "0007" + "07260001610001ff" + "78")))
                .containsExactly(
                        message(
                                "a",
                                "x",
                                PacketProperties.NONE.with(
                                        new PacketProperties.User("a", "\uFFFD"))));
        for (var properties : List.of("0a02000000050200000005", "027f00", "0102")) {
            var body = HexFormat.of().parseHex("000161" + "0007" + properties + "78");
            var packet = new PacketForm().raw(Bytes.wrap(body)).packet(Packet.PUBLISH, 2);
            assertThat(read(packet.asStream()))
                    .containsExactly(message("a", "x", PacketProperties.NONE));
        }
    }

    @Test
    @DisplayName("that are too long are passed over, but for what acknowledges them")
    void tooLong() throws IOException {
        var large = message("t", "x".repeat(50_000), PacketProperties.NONE);
        var after = message("u", "y", PacketProperties.NONE);
        var both =
                new PacketForm()
                        .raw(PacketWriter.write(large))
                        .raw(PacketWriter.write(after))
                        .bytes();
        var packets = read(both.asStream());

        assertThat(packets).hasSize(2);
        assertThat(packets.getFirst())
                .isInstanceOfSatisfying(
                        Packet.TooLong.class,
                        packet -> {
                            assertThat(packet.topic()).isEqualTo("t");
                            assertThat(packet.id()).isEqualTo(7);
                        });
        assertThat(packets.getLast()).isEqualTo(after);
    }

    @Test
    @DisplayName("that are large are taken, and the room for them is given back")
    void large() throws IOException {
        var payload = Bytes.wrap(new byte[200 * 1_024]);
        var publish = new Packet.Publish("t", payload, 1, 7, false, PacketProperties.NONE);
        var written = PacketWriter.write(publish);
        var twice = new PacketForm().raw(written).raw(written).bytes();
        var buffer = new PacketBuffer(twice.asStream(), Wire.MOST_BYTES);
        int found = 0;
        while (found < 2) {
            var next = buffer.poll();
            if (next == null) {
                buffer.fill();
            } else {
                assertThat(PacketReader.read(next.first(), next.body())).isEqualTo(publish);
                found++;
            }
        }
        assertThat(buffer.poll()).isNull();
    }
}
