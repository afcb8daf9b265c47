package io.tributary.social.meta;

import org.jspecify.annotations.Nullable;

/// The key of a send as Meta carries it along and gives it back: `biz_opaque_callback_data` of a
/// WhatsApp message, `metadata` of a Messenger one. Meta knows no idempotency key: this is what
/// settles a send whose answer was lost.
final class SendKeys {

    /// Other software at the same number carries words of its own along.
    private static final String OURS = "tributary:";

    private SendKeys() {}

    static String carried(String key) {
        return OURS + key;
    }

    /// The key; null: it is not of ours.
    static @Nullable String key(@Nullable String carried) {
        return carried != null
                        && carried.startsWith(OURS)
                        && carried.length() > OURS.length()
                        && carried.length() <= 128
                ? carried.substring(OURS.length())
                : null;
    }
}
