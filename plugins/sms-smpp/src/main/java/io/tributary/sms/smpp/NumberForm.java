package io.tributary.sms.smpp;

/// An address on the wire: its type of number, its numbering plan, and the digits (SMPP 3.4, 5.2.5
/// to 5.2.9).
///
/// @param digits without a plus where the type says international; letters where it is a name
record NumberForm(int ton, int npi, String digits) {

    static final int UNKNOWN = 0;
    static final int INTERNATIONAL = 1;
    static final int ALPHANUMERIC = 5;
    static final int ISDN = 1;

    private static final int LONGEST = 20;

    /// E.164 has at most 15 digits; what is shorter than 8 is rather a short code.
    static boolean isInternational(String text) {
        return text.matches("\\+[1-9][0-9]{7,14}");
    }

    /// Whether it fits into a message's address field.
    boolean fits() {
        return !digits.isEmpty() && digits.length() <= LONGEST;
    }

    /// The address as conversations know it.
    ///
    /// @param bareIsInternational whether digits of no type are a whole number of the world
    String text(boolean bareIsInternational) {
        boolean world = ton == INTERNATIONAL || (bareIsInternational && ton == UNKNOWN);
        var plus = "+" + digits;
        return world && isInternational(plus) ? plus : digits;
    }

    /// The address of a conversation on the wire.
    ///
    /// @param bare the type and plan of digits without a plus
    static NumberForm of(String text, NumberForm bare) {
        if (text.startsWith("+")) {
            return new NumberForm(INTERNATIONAL, ISDN, text.substring(1));
        }
        return text.chars().allMatch(each -> each >= '0' && each <= '9')
                ? new NumberForm(bare.ton, bare.npi, text)
                : new NumberForm(ALPHANUMERIC, UNKNOWN, text);
    }

    /// Its kind: the digits are personal.
    @Override
    public String toString() {
        return "NumberForm[ton " + ton + ", npi " + npi + "]";
    }
}
