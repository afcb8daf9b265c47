package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;

/// Writes what a client says.
final class PacketWriter {

    private static final int VERSION = 5;
    private static final int USER = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int CLEAN_START = 0x02;

    private PacketWriter() {}

    /// @throws IllegalArgumentException a client does not say that, or a field is too long
    static Bytes write(Packet packet) {
        return switch (packet) {
            case Packet.Connect connect -> connect(connect);
            case Packet.Publish publish -> publish(publish);
            case Packet.PubAck(int id, int reason) -> pubAck(id, reason);
            case Packet.Subscribe subscribe -> subscribe(subscribe);
            case Packet.PingReq() -> new PacketForm().packet(Packet.PINGREQ, 0);
            case Packet.Disconnect(int reason) ->
                    new PacketForm().oneByte(reason).packet(Packet.DISCONNECT, 0);
            case Packet.ConnAck _, Packet.SubAck _, Packet.PingResp _, Packet.TooLong _ ->
                    throw new IllegalArgumentException("only brokers say that");
        };
    }

    private static Bytes connect(Packet.Connect connect) {
        var user = connect.user();
        var password = connect.password();
        int flags =
                (user == null ? 0 : USER)
                        | (password == null ? 0 : PASSWORD)
                        | (connect.cleanStart() ? CLEAN_START : 0);
        var form =
                new PacketForm()
                        .text("MQTT")
                        .oneByte(VERSION)
                        .oneByte(flags)
                        .twoBytes(connect.keepAlive())
                        .properties(connect.properties())
                        .text(connect.clientId());
        if (user != null) {
            form.text(user);
        }
        if (password != null) {
            form.text(password);
        }
        return form.packet(Packet.CONNECT, 0);
    }

    static Bytes publish(Packet.Publish publish) {
        var form = new PacketForm().text(publish.topic());
        if (publish.qos() > 0) {
            form.twoBytes(publish.id());
        }
        return form.properties(publish.properties())
                .raw(publish.payload())
                .packet(Packet.PUBLISH, (publish.qos() << 1) | (publish.retained() ? 1 : 0));
    }

    private static Bytes pubAck(int id, int reason) {
        var form = new PacketForm().twoBytes(id);
        if (reason != Reasons.SUCCESS) {
            form.oneByte(reason);
        }
        return form.packet(Packet.PUBACK, 0);
    }

    private static Bytes subscribe(Packet.Subscribe subscribe) {
        var form = new PacketForm().twoBytes(subscribe.id()).properties(PacketProperties.NONE);
        for (var filter : subscribe.filters()) {
            form.text(filter.topics()).oneByte(filter.qos() | (filter.retainHandling() << 4));
        }
        return form.packet(Packet.SUBSCRIBE, 2);
    }
}
