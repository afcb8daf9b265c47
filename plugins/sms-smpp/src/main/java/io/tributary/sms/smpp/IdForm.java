package io.tributary.sms.smpp;

import java.math.BigInteger;
import java.util.Locale;

/// How an SMSC writes its message ids. Many write one id in hexadecimal where they answer and in
/// decimal in receipts.
enum IdForm {
    /// Any text, of which nothing may be changed.
    TEXT(0),
    DECIMAL(10),
    HEX(16);

    private static final int LONGEST = 64;

    private final int radix;

    IdForm(int radix) {
        this.radix = radix;
    }

    /// The one form in which both are the same: of numbers decimal without leading zeros. What is
    /// no such number stays as it is.
    String normal(String id) {
        var trimmed = id.strip();
        if (this == TEXT || trimmed.isEmpty() || trimmed.length() > LONGEST) {
            return trimmed;
        }
        var digits = trimmed.toLowerCase(Locale.ROOT);
        if (!digits.matches(this == HEX ? "[0-9a-f]+" : "[0-9]+")) {
            return trimmed;
        }
        return new BigInteger(digits, radix).toString();
    }
}
