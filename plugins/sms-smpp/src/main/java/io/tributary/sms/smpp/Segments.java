package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Cuts a text into the short messages that carry it on the air (3GPP TS 23.038 and 23.040).
///
/// If all of it is in the SMSC's default alphabet, as many characters as fit into 140 octets there,
/// else UTF-16 units: 70 in one message, 67 each in several. What takes two septets, and surrogate
/// pairs, stay together.
///
/// @param texts in order; joined they are the text
/// @param coding the `data_coding` of all
record Segments(List<String> texts, int coding) {

    private static final int UNITS_ALONE = 70;
    private static final int UNITS = 67;
    private static final int UNITS_BESIDE_A_WIDE_REFERENCE = 66;

    /// Cuts for an SMSC.
    static Segments of(String text, Profile profile) {
        var alphabet = profile.alphabet();
        boolean wide = profile.concatenation() == Concatenation.UDH16;
        int width = width(text, alphabet);
        if (width >= 0) {
            boolean one = width <= alphabet.alone();
            var texts = one ? List.of(text) : cut(text, alphabet, alphabet.amongOthers(wide));
            return new Segments(texts, DataCoding.DEFAULT);
        }
        boolean one = text.length() <= UNITS_ALONE;
        int most = wide ? UNITS_BESIDE_A_WIDE_REFERENCE : UNITS;
        return new Segments(one ? List.of(text) : cutUnits(text, most), DataCoding.UCS2);
    }

    /// What the text, or a segment of it, is on the wire.
    Bytes encoded(String segment, Alphabet alphabet) {
        return coding == DataCoding.UCS2 ? DataCoding.ucs2(segment) : alphabet.encode(segment);
    }

    /// -1: it has a character outside the alphabet.
    private static int width(String text, Alphabet alphabet) {
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            int width = alphabet.width(text.charAt(i));
            if (width == 0) {
                return -1;
            }
            sum += width;
        }
        return sum;
    }

    private static List<String> cut(String text, Alphabet alphabet, int most) {
        var segments = new ArrayList<String>();
        int begin = 0;
        int filled = 0;
        for (int i = 0; i < text.length(); i++) {
            int width = alphabet.width(text.charAt(i));
            if (filled + width > most) {
                segments.add(text.substring(begin, i));
                begin = i;
                filled = 0;
            }
            filled += width;
        }
        segments.add(text.substring(begin));
        return List.copyOf(segments);
    }

    /// How many, and nothing of what they say.
    @Override
    public String toString() {
        return "Segments[" + texts.size() + ", coding " + coding + "]";
    }

    private static List<String> cutUnits(String text, int most) {
        var segments = new ArrayList<String>();
        int begin = 0;
        while (text.length() - begin > most) {
            int end = begin + most;
            if (Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
                end--;
            }
            segments.add(text.substring(begin, end));
            begin = end;
        }
        segments.add(text.substring(begin));
        return List.copyOf(segments);
    }
}
