package io.tributary.voice.twilio;

import org.jspecify.annotations.Nullable;

/// Writes a document that tells Twilio what to do with a call
/// (https://www.twilio.com/docs/voice/twiml).
final class Twiml {

    private static final String END = "</Response>";

    private final StringBuilder xml = new StringBuilder("<Response>");

    /// A verb with attributes in pairs of name and value; what is null is left out.
    Twiml verb(String name, @Nullable String... attributes) {
        begin(name, attributes);
        xml.append("/>");
        return this;
    }

    /// A verb around a text.
    Twiml text(String name, String text, @Nullable String... attributes) {
        begin(name, attributes);
        xml.append('>');
        escape(text);
        return close(name);
    }

    /// The beginning of a verb around others.
    Twiml open(String name, @Nullable String... attributes) {
        begin(name, attributes);
        xml.append('>');
        return this;
    }

    /// The end of what [#open(String, String...)] began.
    Twiml close(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    private void begin(String name, @Nullable String... attributes) {
        xml.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            var value = attributes[i + 1];
            if (value != null) {
                xml.append(' ').append(attributes[i]).append("=\"");
                escape(value);
                xml.append('"');
            }
        }
    }

    /// What XML cannot hold at all becomes a blank.
    private void escape(String text) {
        text.codePoints()
                .forEach(letter -> {
                    switch (letter) {
                        case '&' -> xml.append("&amp;");
                        case '<' -> xml.append("&lt;");
                        case '>' -> xml.append("&gt;");
                        case '"' -> xml.append("&quot;");
                        default -> xml.appendCodePoint(isXml(letter) ? letter : ' ');
                    }
                });
    }

    private static boolean isXml(int letter) {
        return letter >= ' '
                ? (letter < 0xD800 || letter > 0xDFFF) && letter != 0xFFFE && letter != 0xFFFF
                : letter == '\n' || letter == '\t' || letter == '\r';
    }

    String document() {
        return xml + END;
    }
}
