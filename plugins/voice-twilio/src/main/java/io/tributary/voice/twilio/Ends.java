package io.tributary.voice.twilio;

import io.tributary.model.Identity;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.Party;
import io.tributary.twilio.PhoneNumbers;
import java.util.Set;

/// Both ends of a call, as a request about it names them.
///
/// @param line our number
/// @param party the customer
record Ends(String line, Party party) {

    /// How hidden numbers look: the words `anonymous`, `blocked`, `restricted`, `unavailable` and
    /// `unknown`, typed on a telephone.
    private static final Set<String> HIDDEN =
            Set.of("+266696687", "+2562533", "+7378742833", "+86282452253", "+8656696");

    private static final int LONGEST = 256;

    /// Whose number it is that calls, or is called.
    ///
    /// @param proven whether the number is surely the customer's
    /// @throws Malformed there is no sensible end
    static Ends of(Fields fields, boolean proven) {
        boolean inbound = "inbound".equals(fields.need("Direction"));
        var ours = fields.need(inbound ? "To" : "From");
        var theirs = fields.need(inbound ? "From" : "To");
        if (ours.isEmpty() || ours.length() > LONGEST || theirs.length() > LONGEST) {
            throw new Malformed("a call without an end that can be named");
        }
        return new Ends(ours, party(fields, theirs, !inbound || proven));
    }

    private static Party party(Fields fields, String number, boolean proven) {
        if (!isCallable(number)) {
            // Whoever hides is nobody that has called before.
            return Party.of("hidden:" + fields.need("CallSid"));
        }
        var name = fields.first("CallerName");
        if (!PhoneNumbers.isNumber(number)) {
            return Party.of(number).named(name);
        }
        var identity =
                proven ? Identity.byChannel("phone", number) : Identity.claimed("phone", number);
        return Party.of(number, identity).named(name);
    }

    /// Whether somebody can be called there.
    static boolean isCallable(String end) {
        return isShown(end)
                || end.startsWith("sip:")
                || end.startsWith("sips:")
                || end.startsWith("client:");
    }

    /// Whether it is a number, and no word that stands for a hidden one.
    static boolean isShown(String end) {
        return PhoneNumbers.isNumber(end) && !HIDDEN.contains(end);
    }

    static boolean isHidden(Fields fields) {
        var from = fields.first("From");
        return from == null || !isCallable(from);
    }
}
