package io.tributary.spi;

/// One thing that is wrong with an account's settings.
///
/// @param key the setting it is about, as a dotted path such as `lines.0.number`; empty when it is
///   about all of them
/// @param text what is wrong and what to do, for an operator; never a secret's value
public record Problem(String key, String text) {

    public Problem {
        Shape.atMost(key, Shape.NAME, "a problem's key");
        if (text.isBlank()) {
            throw new IllegalArgumentException("a problem needs a text");
        }
    }
}
