package io.tributary.twilio;

/// What a phone number is.
public final class PhoneNumbers {

    private PhoneNumbers() {}

    /// Whether it is E.164: a plus, then 8 to 15 digits of which the first is no zero.
    public static boolean isNumber(String text) {
        int length = text.length();
        if (length < 9 || length > 16 || text.charAt(0) != '+' || text.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
