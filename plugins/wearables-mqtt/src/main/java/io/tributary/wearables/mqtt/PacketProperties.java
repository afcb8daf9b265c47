package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Properties of a packet (MQTT 5, section 2.2.2), in the order in which they stand there.
///
/// @param all each of a type that its id prescribes
record PacketProperties(List<Property> all) {

    static final PacketProperties NONE = new PacketProperties(List.of());

    static final int MESSAGE_EXPIRY = 0x02;
    static final int CONTENT_TYPE = 0x03;
    static final int RESPONSE_TOPIC = 0x08;
    static final int CORRELATION_DATA = 0x09;
    static final int SESSION_EXPIRY = 0x11;
    static final int SERVER_KEEP_ALIVE = 0x13;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int MAXIMUM_QOS = 0x24;
    static final int USER_PROPERTY = 0x26;
    static final int MAXIMUM_PACKET_SIZE = 0x27;
    static final int WILDCARD_AVAILABLE = 0x28;

    /// One property.
    sealed interface Property {

        int id();
    }

    /// One whose value is a number, of whatever width.
    record Whole(int id, long value) implements Property {}

    /// One whose value is a text.
    record Text(int id, String value) implements Property {}

    /// One whose value are bytes.
    record Binary(int id, Bytes value) implements Property {}

    /// A name and a value of the sender's own.
    record User(String name, String value) implements Property {

        @Override
        public int id() {
            return USER_PROPERTY;
        }
    }

    PacketProperties {
        all = List.copyOf(all);
    }

    PacketProperties with(Property more) {
        var longer = new ArrayList<>(all);
        longer.add(more);
        return new PacketProperties(longer);
    }

    PacketProperties number(int id, long value) {
        return with(new Whole(id, value));
    }

    PacketProperties text(int id, String value) {
        return with(new Text(id, value));
    }

    /// The number under that id, or what is true where none is given.
    long numberOr(int id, long otherwise) {
        for (var property : all) {
            if (property instanceof Whole(int its, long value) && its == id) {
                return value;
            }
        }
        return otherwise;
    }

    /// The first value of the sender's own under that name; null: there is none.
    @Nullable String user(String name) {
        for (var property : all) {
            if (property instanceof User(String its, String value) && its.equals(name)) {
                return value;
            }
        }
        return null;
    }

    /// How many: what they say may be a customer's.
    @Override
    public String toString() {
        return "PacketProperties[" + all.size() + "]";
    }
}
