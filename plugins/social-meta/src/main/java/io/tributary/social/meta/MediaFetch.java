package io.tributary.social.meta;

/// Where media are, in words that last: a WhatsApp medium has an id that leads to an address for
/// five minutes; Messenger and Instagram give the address itself.
final class MediaFetch {

    private static final String WHATSAPP = "whatsapp:";

    private MediaFetch() {}

    static String whatsApp(String id) {
        return WHATSAPP + id;
    }

    static boolean isWhatsApp(String fetch) {
        return fetch.startsWith(WHATSAPP);
    }

    /// @param fetch one that [#isWhatsApp]
    static String id(String fetch) {
        return fetch.substring(WHATSAPP.length());
    }
}
