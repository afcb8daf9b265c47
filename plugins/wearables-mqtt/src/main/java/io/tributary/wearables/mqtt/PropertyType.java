package io.tributary.wearables.mqtt;

/// How the value of a property is written (MQTT 5, section 2.2.2.2, table 2-4).
enum PropertyType {
    BYTE,
    TWO_BYTES,
    FOUR_BYTES,
    VARIABLE,
    TEXT,
    BINARY,
    PAIR;

    /// @throws NotMqtt no property has that id
    static PropertyType of(int id) throws NotMqtt {
        return switch (id) {
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> BYTE;
            case 0x13, 0x21, 0x22, 0x23 -> TWO_BYTES;
            case 0x02, 0x11, 0x18, 0x27 -> FOUR_BYTES;
            case 0x0B -> VARIABLE;
            case 0x03, 0x08, 0x12, 0x15, 0x1A, 0x1C, 0x1F -> TEXT;
            case 0x09, 0x16 -> BINARY;
            case 0x26 -> PAIR;
            default -> throw new NotMqtt("there is no property " + id);
        };
    }

    /// Whether a packet may bear it more than once: user properties and subscription identifiers.
    static boolean repeats(int id) {
        return id == 0x26 || id == 0x0B;
    }
}
