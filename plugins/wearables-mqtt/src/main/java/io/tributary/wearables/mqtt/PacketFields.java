package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.HashSet;

/// Takes the fields of a packet one by one (MQTT 5, section 1.5). Whatever leaves the packet is
/// refused before anything is allocated for it.
final class PacketFields {

    private static final int LONGEST_VARIABLE = 4;

    private final Bytes body;
    private int at;

    PacketFields(Bytes body) {
        this.body = body;
    }

    boolean isAtEnd() {
        return at == body.length();
    }

    int oneByte() throws NotMqtt {
        need(1);
        return body.at(at++) & 0xFF;
    }

    int twoBytes() throws NotMqtt {
        return (oneByte() << 8) | oneByte();
    }

    long fourBytes() throws NotMqtt {
        return ((long) twoBytes() << 16) | twoBytes();
    }

    /// A variable byte integer.
    int variable() throws NotMqtt {
        int value = 0;
        for (int i = 0; i < LONGEST_VARIABLE; i++) {
            int next = oneByte();
            value |= (next & 0x7F) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new NotMqtt("a variable byte integer of more than four bytes");
    }

    Bytes binary() throws NotMqtt {
        return take(twoBytes());
    }

    /// A text. It has to be UTF-8 without U+0000 (section 1.5.4), which not every broker sees to:
    /// what a device wrote must not end everybody's connection, so what is none becomes U+FFFD.
    String text() throws NotMqtt {
        return binary().utf8();
    }

    /// All that is left.
    Bytes rest() throws NotMqtt {
        return take(body.length() - at);
    }

    /// The properties of what somebody else has written: where they cannot be read there are none,
    /// and what follows them is read all the same.
    PacketProperties readableProperties() throws NotMqtt {
        var section = new PacketFields(take(variable()));
        try {
            return section.properties(section.body.length());
        } catch (NotMqtt unreadable) {
            return PacketProperties.NONE;
        }
    }

    PacketProperties properties() throws NotMqtt {
        return properties(variable());
    }

    private PacketProperties properties(int length) throws NotMqtt {
        need(length);
        if (length == 0) {
            return PacketProperties.NONE;
        }
        int end = at + length;
        var all = new ArrayList<PacketProperties.Property>();
        var seen = new HashSet<Integer>();
        while (at < end) {
            int id = variable();
            if (!seen.add(id) && !PropertyType.repeats(id)) {
                throw new NotMqtt("property " + id + " stands twice in one packet");
            }
            all.add(property(id));
        }
        if (at != end) {
            throw new NotMqtt("properties that are longer than they say");
        }
        return new PacketProperties(all);
    }

    private PacketProperties.Property property(int id) throws NotMqtt {
        return switch (PropertyType.of(id)) {
            case BYTE -> new PacketProperties.Whole(id, oneByte());
            case TWO_BYTES -> new PacketProperties.Whole(id, twoBytes());
            case FOUR_BYTES -> new PacketProperties.Whole(id, fourBytes());
            case VARIABLE -> new PacketProperties.Whole(id, variable());
            case TEXT -> new PacketProperties.Text(id, text());
            case BINARY -> new PacketProperties.Binary(id, binary());
            case PAIR -> new PacketProperties.User(text(), text());
        };
    }

    private Bytes take(int length) throws NotMqtt {
        need(length);
        at += length;
        return body.slice(at - length, at);
    }

    private void need(int length) throws NotMqtt {
        if (length > body.length() - at) {
            throw new NotMqtt("a packet that ends within a field");
        }
    }
}
