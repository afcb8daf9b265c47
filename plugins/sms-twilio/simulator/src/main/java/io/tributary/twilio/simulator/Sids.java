package io.tributary.twilio.simulator;

import java.util.UUID;

/// Makes Twilio's ids: two letters and 32 hexadecimal digits.
public final class Sids {

    private Sids() {}

    /// A new one that begins so.
    public static String next(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
