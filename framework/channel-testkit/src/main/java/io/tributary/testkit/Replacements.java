package io.tributary.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What stands in a fixture for each real value: the same for the same, and something that a
/// provider's parser takes for the same kind of thing. Nobody can tell the real value from it: the
/// key is thrown away with this object, since phone numbers are few enough to be tried one by one.
final class Replacements {

    private static final Pattern PHONE = Pattern.compile("((?:[a-z]{1,20}:)?)\\+[0-9]{7,15}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,250}");
    private static final Pattern TYPED_ID = Pattern.compile("([A-Za-z_-]{0,4}?)([0-9a-f]{12,64})");

    /// Nobody has the numbers 555-0100 to 555-0199 of any area code.
    private static final int FICTIONAL = 100;

    private static final int FIRST_AREA = 201;
    private static final int AREAS = 700;

    private static final int ATTEMPTS = 20;

    private final byte[] key = new byte[32];
    private final Map<String, String> made = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private int phones;
    private int addresses;
    private int hosts;

    Replacements() {
        new SecureRandom().nextBytes(key);
    }

    /// Says what is to stand for a value.
    synchronized void set(String value, String instead) {
        made.put(value, instead);
        taken.add(instead);
    }

    /// Whether the value has been replaced already, or is to be in a way of its own.
    synchronized boolean knows(String value) {
        return made.containsKey(value);
    }

    synchronized String of(String value) {
        var known = made.get(value);
        if (known == null) {
            known = make(value);
            set(value, known);
        }
        return known;
    }

    /// A name of a host that does not exist.
    synchronized String ofHost(String host) {
        var known = made.get("//" + host);
        if (known == null) {
            known = "host-" + ++hosts + ".example";
            made.put("//" + host, known);
        }
        return known;
    }

    private String make(String value) {
        var phone = PHONE.matcher(value);
        if (phone.matches()) {
            return phone.group(1) + nextPhone();
        }
        if (EMAIL.matcher(value).matches()) {
            return "person-" + ++addresses + "@example.com";
        }
        var id = TYPED_ID.matcher(value);
        boolean typed = id.matches();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var noise = noise(value + "\0" + attempt, value.length());
            var made =
                    typed ? id.group(1) + hexadecimal(id.group(2), noise) : likeness(value, noise);
            if (!made.equals(value) && !taken.contains(made)) {
                return made;
            }
        }
        return likeness(value, noise(value, value.length()));
    }

    private String nextPhone() {
        int number = phones++;
        return String.format(
                Locale.ROOT,
                "+1%d55501%02d",
                FIRST_AREA + number / FICTIONAL % AREAS,
                number % FICTIONAL);
    }

    private static String hexadecimal(String digits, byte[] noise) {
        var made = new StringBuilder();
        for (int at = 0; at < digits.length(); at++) {
            made.append(Character.forDigit(noise[at] & 0xF, 16));
        }
        return made.toString();
    }

    /// Letters for letters, digits for digits, and signs as they are.
    private static String likeness(String value, byte[] noise) {
        var made = new StringBuilder();
        int[] points = value.codePoints().toArray();
        for (int at = 0; at < points.length; at++) {
            int point = points[at];
            int random = noise[at] & 0xFF;
            if (point >= '0' && point <= '9') {
                made.append((char) (point == '0' ? '0' + random % 10 : '1' + random % 9));
            } else if (point >= 'a' && point <= 'z') {
                made.append((char) ('a' + random % 26));
            } else if (point >= 'A' && point <= 'Z') {
                made.append((char) ('A' + random % 26));
            } else if (point < 0x80) {
                made.append((char) point);
            } else {
                // as many bytes, and as hard to cut
                made.append(point < 0x800 ? "é" : point < 0x10000 ? "漢" : "👍");
            }
        }
        return made.toString();
    }

    private byte[] noise(String value, int length) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            var noise = new byte[length];
            for (int at = 0, block = 0; at < length; block++) {
                mac.update((byte) (block >> 8));
                mac.update((byte) block);
                var more = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
                int some = Math.min(more.length, length - at);
                System.arraycopy(more, 0, noise, at, some);
                at += some;
            }
            return noise;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
