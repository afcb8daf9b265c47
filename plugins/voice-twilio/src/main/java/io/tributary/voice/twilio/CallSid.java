package io.tributary.voice.twilio;

import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import org.jspecify.annotations.Nullable;

/// Twilio's id of a call: `CA` and 32 hexadecimal digits.
final class CallSid {

    private static final int LENGTH = 34;

    /// As long as the host takes an id.
    private static final int LONGEST_ID = 512;

    private CallSid() {}

    static boolean is(String text) {
        return text.length() == LENGTH
                && text.startsWith("CA")
                && text.chars().skip(2).allMatch(CallSid::isHexadecimal);
    }

    private static boolean isHexadecimal(int letter) {
        return Character.digit(letter, 16) >= 0 && letter < 128;
    }

    /// The id of one thing that happened to a call. An id belongs to the first that brings it, so
    /// only one of them is known by the call's own: each has one more, which no other has.
    ///
    /// @param what tells it from all else that happens to the call
    /// @throws Malformed what it is made of is too long for an id
    static String event(String call, String... what) {
        var id = call + '/' + String.join("/", what);
        if (id.length() > LONGEST_ID) {
            throw new Malformed("what happened to a call has an id of " + id.length());
        }
        return id;
    }

    /// The call that an order is about: all that happens to a call bears an id that begins with the
    /// call's.
    ///
    /// @throws Unfit it is about no call that Twilio knows
    static String of(OutboundMessage.@Nullable Reference target) throws Unfit {
        if (target != null) {
            for (var id : target.externalIds()) {
                if (id.length() >= LENGTH && is(id.substring(0, LENGTH))) {
                    return id.substring(0, LENGTH);
                }
            }
        }
        throw new Unfit("no-call", "the order is about nothing that happened to a call");
    }
}
