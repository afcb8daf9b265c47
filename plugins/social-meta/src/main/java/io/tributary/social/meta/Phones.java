package io.tributary.social.meta;

/// Telephone numbers as WhatsApp has them, and as everybody else does.
///
/// A `wa_id` is a whole international number without the plus, and always has been checked by
/// WhatsApp: so a plus makes E.164 of it, but for two countries whose mobile numbers WhatsApp still
/// knows by an older form (https://developers.facebook.com/docs/whatsapp/cloud-api/phone-numbers).
final class Phones {

    private static final int MEXICO_OLD = 13;
    private static final int BRAZIL_OLD = 12;
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;

    private Phones() {}

    static boolean isWaId(String text) {
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && text.charAt(0) != '0'
                && text.chars().allMatch(next -> next >= '0' && next <= '9');
    }

    /// Where WhatsApp delivers: what a reply goes to.
    static String address(String waId) {
        return '+' + waId;
    }

    /// The number that one dials today, E.164.
    static String e164(String waId) {
        if (waId.length() == MEXICO_OLD && waId.startsWith("521")) {
            // the 1 for mobile phones went in 2019
            return "+52" + waId.substring(3);
        }
        if (waId.length() == BRAZIL_OLD && waId.startsWith("55") && waId.charAt(4) >= '6') {
            // mobile numbers got a 9 in front between 2012 and 2016
            return "+55" + waId.substring(2, 4) + '9' + waId.substring(4);
        }
        return address(waId);
    }
}
