package io.tributary.spi;

import java.time.Duration;

/// Says what is wrong with a value before anybody relies on it. Never repeats the value itself: it
/// may be a customer's.
final class Shape {

    /// Longest name, key or address in UTF-16 units. The host's indexes rest on it.
    static final int NAME = 512;

    private Shape() {}

    static String name(String value, String what) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        return atMost(value, NAME, what);
    }

    static String atMost(String value, int length, String what) {
        if (value.length() > length) {
            throw new IllegalArgumentException(
                    what + " has " + value.length() + " characters, at most " + length);
        }
        return value;
    }

    static Duration positive(Duration value, String what) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(what + " must be more than zero, is " + value);
        }
        return value;
    }

    static Duration notNegative(Duration value, String what) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, is " + value);
        }
        return value;
    }

    static long notNegative(long value, String what) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative, is " + value);
        }
        return value;
    }

    static int status(int status, int from, int to) {
        if (status < from || status > to) {
            throw new IllegalArgumentException(
                    "status must be " + from + " to " + to + ", is " + status);
        }
        return status;
    }
}
