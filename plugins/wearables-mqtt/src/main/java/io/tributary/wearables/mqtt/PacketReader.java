package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.util.ArrayList;

/// Reads what a broker says.
final class PacketReader {

    private static final int QOS_1 = 1;

    private PacketReader() {}

    /// @throws NotMqtt it is no packet that a broker may send to us
    static Packet read(PacketBuffer.Framed framed) throws NotMqtt {
        return framed.missing() == 0
                ? read(framed.first(), framed.body())
                : tooLong(framed.first() & 0xF, new PacketFields(framed.body()));
    }

    /// @param first the packet's first byte: type and flags
    /// @param body what follows its length
    /// @throws NotMqtt it is no packet that a broker may send to us
    static Packet read(int first, Bytes body) throws NotMqtt {
        int flags = first & 0xF;
        var fields = new PacketFields(body);
        int type = first >>> 4;
        if (type != Packet.PUBLISH && flags != 0) {
            throw new NotMqtt("flags where there are none");
        }
        Packet packet =
                switch (type) {
                    case Packet.CONNACK -> connAck(fields);
                    case Packet.PUBLISH -> publish(flags, fields);
                    case Packet.PUBACK -> pubAck(fields);
                    case Packet.SUBACK -> subAck(fields);
                    case Packet.PINGRESP -> new Packet.PingResp();
                    case Packet.DISCONNECT -> disconnect(fields);
                    default -> throw new NotMqtt("a packet of type " + type);
                };
        if (!fields.isAtEnd()) {
            throw new NotMqtt("a packet of type " + type + " that is too long");
        }
        return packet;
    }

    private static Packet connAck(PacketFields fields) throws NotMqtt {
        int flags = fields.oneByte();
        int reason = fields.oneByte();
        // a broker that knows MQTT 3.1.1 alone refuses without them
        boolean old = reason != Reasons.SUCCESS && fields.isAtEnd();
        return new Packet.ConnAck(
                (flags & 1) != 0, reason, old ? PacketProperties.NONE : fields.properties());
    }

    private static Packet publish(int flags, PacketFields fields) throws NotMqtt {
        int qos = qos(flags);
        var topic = fields.text();
        int id = qos == QOS_1 ? id(fields) : 0;
        var properties = fields.readableProperties();
        return new Packet.Publish(topic, fields.rest(), qos, id, (flags & 1) != 0, properties);
    }

    private static Packet tooLong(int flags, PacketFields fields) throws NotMqtt {
        int qos = qos(flags);
        var topic = fields.text();
        int id = qos == QOS_1 ? id(fields) : 0;
        return new Packet.TooLong(topic, id, fields.rest());
    }

    private static int qos(int flags) throws NotMqtt {
        int qos = (flags >>> 1) & 3;
        if (qos > QOS_1) {
            throw new NotMqtt("a message of QoS " + qos + ", which was not asked for");
        }
        return qos;
    }

    private static Packet pubAck(PacketFields fields) throws NotMqtt {
        int id = id(fields);
        return new Packet.PubAck(id, reason(fields));
    }

    private static Packet subAck(PacketFields fields) throws NotMqtt {
        int id = id(fields);
        fields.properties();
        var reasons = new ArrayList<Integer>();
        while (!fields.isAtEnd()) {
            reasons.add(fields.oneByte());
        }
        return new Packet.SubAck(id, reasons);
    }

    private static Packet disconnect(PacketFields fields) throws NotMqtt {
        return new Packet.Disconnect(reason(fields));
    }

    /// A reason that is left out is success, and so may be the properties (sections 3.4.2.1 and
    /// 3.14.2.1).
    private static int reason(PacketFields fields) throws NotMqtt {
        if (fields.isAtEnd()) {
            return Reasons.SUCCESS;
        }
        int reason = fields.oneByte();
        if (!fields.isAtEnd()) {
            fields.properties();
        }
        return reason;
    }

    private static int id(PacketFields fields) throws NotMqtt {
        int id = fields.twoBytes();
        if (id == 0) {
            throw new NotMqtt("packet identifier 0");
        }
        return id;
    }
}
