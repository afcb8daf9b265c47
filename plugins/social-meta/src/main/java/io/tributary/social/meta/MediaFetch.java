package io.tributary.social.meta;

/// Where media are, in words that last: a WhatsApp medium has an id that leads to an address for
/// five minutes, if the token of its line asks; Messenger and Instagram give the address itself.
///
/// These words are stored: earlier ones named no line.
final class MediaFetch {

    private static final String WHATSAPP = "whatsapp:";

    private MediaFetch() {}

    /// @param line to which the medium came
    static String whatsApp(String line, String id) {
        return WHATSAPP + line + ':' + id;
    }

    static boolean isWhatsApp(String fetch) {
        return fetch.startsWith(WHATSAPP);
    }

    /// @param fetch one that [#isWhatsApp]
    static String id(String fetch) {
        return fetch.substring(fetch.lastIndexOf(':') + 1);
    }

    /// The line; empty: it is not known.
    ///
    /// @param fetch one that [#isWhatsApp]
    static String line(String fetch) {
        int end = fetch.lastIndexOf(':');
        return end < WHATSAPP.length() ? "" : fetch.substring(WHATSAPP.length(), end);
    }
}
