package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes the fields of a packet one by one (MQTT 5, section 1.5).
final class PacketForm {

    private static final int LONGEST_FIELD = 0xFFFF;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    PacketForm oneByte(int value) {
        body.write(value);
        return this;
    }

    PacketForm twoBytes(int value) {
        return oneByte(value >>> 8).oneByte(value);
    }

    PacketForm fourBytes(long value) {
        return twoBytes((int) (value >>> 16)).twoBytes((int) value);
    }

    PacketForm variable(int value) {
        int left = value;
        while (left > 0x7F) {
            oneByte((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        return oneByte(left);
    }

    PacketForm text(String value) {
        return binary(Bytes.utf8(value));
    }

    /// @throws IllegalArgumentException it is longer than a field can be
    PacketForm binary(Bytes value) {
        if (value.length() > LONGEST_FIELD) {
            throw new IllegalArgumentException("a field of " + value.length() + " bytes");
        }
        return twoBytes(value.length()).raw(value);
    }

    PacketForm raw(Bytes value) {
        body.writeBytes(value.toArray());
        return this;
    }

    PacketForm properties(PacketProperties properties) {
        var form = new PacketForm();
        properties.all().forEach(form::property);
        return variable(form.body.size()).raw(form.bytes());
    }

    private void property(PacketProperties.Property property) {
        variable(property.id());
        switch (property) {
            case PacketProperties.Whole(int id, long value) -> number(id, value);
            case PacketProperties.Text(_, String value) -> text(value);
            case PacketProperties.Binary(_, Bytes value) -> binary(value);
            case PacketProperties.User(String name, String value) -> text(name).text(value);
        }
    }

    private void number(int id, long value) {
        try {
            switch (PropertyType.of(id)) {
                case BYTE -> oneByte((int) value);
                case TWO_BYTES -> twoBytes((int) value);
                case FOUR_BYTES -> fourBytes(value);
                default -> variable((int) value);
            }
        } catch (NotMqtt unknown) {
            throw new IllegalArgumentException(unknown);
        }
    }

    Bytes bytes() {
        return Bytes.wrap(body.toByteArray());
    }

    /// The whole packet, headed by its type, flags and length.
    Bytes packet(int type, int flags) {
        return new PacketForm()
                .oneByte((type << 4) | flags)
                .variable(body.size())
                .raw(bytes())
                .bytes();
    }

    /// How many bytes a text takes.
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
