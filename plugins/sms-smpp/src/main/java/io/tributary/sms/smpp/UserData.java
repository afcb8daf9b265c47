package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.Malformed;
import org.jspecify.annotations.Nullable;

/// A short message without its header (3GPP TS 23.040, 9.2.3.24), and what the header said.
///
/// @param place which of several it is; null: it is whole
/// @param addressed whether it is for a program on the phone: then it is no text
record UserData(Bytes octets, @Nullable Place place, boolean addressed) {

    private static final int CONCATENATED = 0x00;
    private static final int CONCATENATED_WIDE = 0x08;
    private static final int PORTS = 0x04;
    private static final int PORTS_WIDE = 0x05;

    /// One of several messages of a long text.
    ///
    /// @param reference what all of them have in common, with the kind of reference before it
    /// @param number from 1
    record Place(String reference, int number, int of) {

        /// null: it is whole, or says nonsense and is taken as it is.
        static @Nullable Place of(String kind, int reference, int number, int of) {
            return of > 1 && number >= 1 && number <= of
                    ? new Place(kind + "/" + reference, number, of)
                    : null;
        }
    }

    /// Reads a header and what follows it. Elements that are not known here are passed over.
    static UserData withHeader(Bytes octets) {
        if (octets.isEmpty()) {
            throw new Malformed("a message without the header that it announces");
        }
        int end = 1 + (octets.at(0) & 0xFF);
        if (end > octets.length()) {
            throw new Malformed("a message is shorter than its header");
        }
        Place place = null;
        boolean addressed = false;
        for (int at = 1; at + 1 < end; ) {
            int element = octets.at(at) & 0xFF;
            int length = octets.at(at + 1) & 0xFF;
            if (at + 2 + length > end) {
                throw new Malformed("an element of a header is longer than the header");
            }
            var value = octets.slice(at + 2, at + 2 + length);
            place = place == null ? place(element, value) : place;
            addressed |= element == PORTS || element == PORTS_WIDE;
            at += 2 + length;
        }
        return new UserData(octets.slice(end, octets.length()), place, addressed);
    }

    private static @Nullable Place place(int element, Bytes value) {
        if (element == CONCATENATED && value.length() == 3) {
            return Place.of("8", octet(value, 0), octet(value, 2), octet(value, 1));
        }
        if (element == CONCATENATED_WIDE && value.length() == 4) {
            int reference = octet(value, 0) * 0x100 + octet(value, 1);
            return Place.of("16", reference, octet(value, 3), octet(value, 2));
        }
        return null;
    }

    private static int octet(Bytes value, int at) {
        return value.at(at) & 0xFF;
    }

    /// The header of one of several.
    static Bytes header(int reference, Place place, boolean wide) {
        var octets =
                wide
                        ? new byte[] {
                            6,
                            CONCATENATED_WIDE,
                            4,
                            (byte) (reference >> 8),
                            (byte) reference,
                            (byte) place.of,
                            (byte) place.number
                        }
                        : new byte[] {
                            5,
                            CONCATENATED,
                            3,
                            (byte) reference,
                            (byte) place.of,
                            (byte) place.number
                        };
        return Bytes.wrap(octets);
    }
}
