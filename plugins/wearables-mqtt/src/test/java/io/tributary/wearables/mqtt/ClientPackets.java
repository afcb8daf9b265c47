package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// The other side of MQTT 5: reads what clients say, writes what brokers say.
final class ClientPackets {

    private static final int USER = 0x80;
    private static final int PASSWORD = 0x40;

    private ClientPackets() {}

    static Packet.Connect connect(PacketBuffer.Framed framed) throws IOException {
        var fields = new PacketFields(framed.body());
        if (framed.first() != Packet.CONNECT << 4
                || !fields.text().equals("MQTT")
                || fields.oneByte() != 5) {
            throw new IOException("no CONNECT of MQTT 5");
        }
        int flags = fields.oneByte();
        int keepAlive = fields.twoBytes();
        var properties = fields.properties();
        var client = fields.text();
        var user = (flags & USER) == 0 ? null : fields.text();
        var password = (flags & PASSWORD) == 0 ? null : fields.text();
        if (!fields.isAtEnd()) {
            throw new IOException("a CONNECT that is too long");
        }
        return new Packet.Connect(client, (flags & 2) != 0, keepAlive, user, password, properties);
    }

    static Packet.Subscribe subscribe(PacketBuffer.Framed framed) throws IOException {
        if ((framed.first() & 0xF) != 2) {
            throw new IOException("a SUBSCRIBE with other flags than 2");
        }
        var fields = new PacketFields(framed.body());
        int id = fields.twoBytes();
        fields.properties();
        var filters = new ArrayList<Packet.Filter>();
        while (!fields.isAtEnd()) {
            var topics = fields.text();
            int options = fields.oneByte();
            filters.add(new Packet.Filter(topics, options & 3, options >>> 4));
        }
        return new Packet.Subscribe(id, filters);
    }

    static Bytes connAck(boolean present, int reason) {
        return connAck(present, reason, PacketProperties.NONE);
    }

    static Bytes connAck(boolean present, int reason, PacketProperties properties) {
        return new PacketForm()
                .oneByte(present ? 1 : 0)
                .oneByte(reason)
                .properties(properties)
                .packet(Packet.CONNACK, 0);
    }

    static Bytes subAck(int id, List<Integer> reasons) {
        var form = new PacketForm().twoBytes(id).properties(PacketProperties.NONE);
        reasons.forEach(form::oneByte);
        return form.packet(Packet.SUBACK, 0);
    }

    static Bytes pubAck(int id, int reason) {
        return new PacketForm()
                .twoBytes(id)
                .oneByte(reason)
                .properties(PacketProperties.NONE)
                .packet(Packet.PUBACK, 0);
    }

    static Bytes pingResp() {
        return new PacketForm().packet(Packet.PINGRESP, 0);
    }

    static Bytes disconnect(int reason) {
        return new PacketForm().oneByte(reason).packet(Packet.DISCONNECT, 0);
    }

    static void say(Socket socket, Bytes packet) throws IOException {
        var out = socket.getOutputStream();
        packet.writeTo(out);
        out.flush();
    }
}
