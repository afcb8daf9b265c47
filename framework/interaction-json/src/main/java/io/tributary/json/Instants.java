package io.tributary.json;

import java.time.DateTimeException;
import java.time.Instant;

/// Moments in ISO 8601, exactly as [Instant#toString()] and [Instant#parse] have them.
///
/// Every interaction has at least two, and the general formatter costs more than all of its other
/// members; so the years 0 to 9999 have a way of their own here. All else goes the general way.
final class Instants {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long FIRST_SECOND = -62_167_219_200L; // 0000-01-01T00:00:00Z
    private static final long LAST_SECOND = 253_402_300_799L; // 9999-12-31T23:59:59Z
    private static final int DAYS_PER_ERA = 146_097; // 400 years
    private static final int DAYS_TO_1970 = 719_468; // from 0000-03-01
    private static final int WITHOUT_FRACTION = 20; // characters
    private static final int LONGEST = 30;

    private Instants() {}

    static String text(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            return instant.toString();
        }
        var text = new StringBuilder(LONGEST);
        date(text, Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = (int) Math.floorMod(second, SECONDS_PER_DAY);
        text.append('T');
        two(text, ofDay / 3600).append(':');
        two(text, ofDay / 60 % 60).append(':');
        two(text, ofDay % 60);
        fraction(text, instant.getNano());
        return text.append('Z').toString();
    }

    /// @throws DateTimeException it is no moment; the message may quote the text
    static Instant parse(String text) {
        int length = text.length();
        if (length < WITHOUT_FRACTION || length > LONGEST || !hasShape(text)) {
            return Instant.parse(text);
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int nanos = length == WITHOUT_FRACTION ? 0 : nanos(text, length - 1);
        boolean usual =
                year >= 0
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= 28
                        && hour >= 0
                        && hour <= 23
                        && minute >= 0
                        && minute <= 59
                        && second >= 0
                        && second <= 59
                        && nanos >= 0;
        if (!usual) {
            // The last days of a month, too: their rules are not worth repeating.
            return Instant.parse(text);
        }
        long days = days(year, month, day);
        return Instant.ofEpochSecond(
                days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nanos);
    }

    /// Year, month and day of a day since 1970, counting years from March, so that the leap day is
    /// a year's last.
    private static void date(StringBuilder text, long epochDay) {
        long shifted = epochDay + DAYS_TO_1970;
        long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
        int ofEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * ofYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        two(text, year / 100);
        two(text, year % 100).append('-');
        two(text, month).append('-');
        two(text, ofYear - (153 * fromMarch + 2) / 5 + 1);
    }

    private static long days(int year, int month, int day) {
        int shiftedYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shiftedYear, 400);
        long yearOfEra = shiftedYear - era * 400;
        int fromMarch = month > 2 ? month - 3 : month + 9;
        long ofYear = (153L * fromMarch + 2) / 5 + day - 1;
        return era * DAYS_PER_ERA
                + yearOfEra * 365
                + yearOfEra / 4
                - yearOfEra / 100
                + ofYear
                - DAYS_TO_1970;
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /// Nothing, or three, six or nine digits.
    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
        text.append('.');
        int unit = 100_000_000;
        for (int i = 0; i < digits; i++) {
            text.append((char) ('0' + nanos / unit % 10));
            unit /= 10;
        }
    }

    private static boolean hasShape(String text) {
        int length = text.length();
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(length - 1) == 'Z'
                && (length == WITHOUT_FRACTION || (text.charAt(19) == '.' && length > 21));
    }

    /// The number that the digits make, or something negative if one is none.
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int nanos(String text, int end) {
        int nanos = digits(text, WITHOUT_FRACTION, end);
        for (int i = end - WITHOUT_FRACTION; i < 9 && nanos > 0; i++) {
            nanos *= 10;
        }
        return nanos;
    }
}
