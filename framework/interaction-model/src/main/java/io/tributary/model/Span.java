package io.tributary.model;

import org.jspecify.annotations.Nullable;

/// A stretch of a text that looks or acts differently.
///
/// @param start where it begins, in UTF-16 code units from 0
/// @param length how long it is, in UTF-16 code units, at least 1
/// @param kind what is different
/// @param value of a link the address, of a mention the id of who is mentioned, of code its
///   language; null otherwise
public record Span(int start, int length, Kind kind, @Nullable String value) {

    /// What can be different.
    public enum Kind {
        /// Heavier.
        BOLD,
        /// Slanted.
        ITALIC,
        /// With a line below.
        UNDERLINE,
        /// With a line through it.
        STRIKE,
        /// Hidden until asked for.
        SPOILER,
        /// In letters of equal width.
        CODE,
        /// Somebody else's words.
        QUOTE,
        /// Leads somewhere.
        LINK,
        /// Names somebody.
        MENTION
    }

    /// Refuses an empty stretch.
    public Span {
        Check.that(start >= 0, "a span cannot start at " + start);
        Check.that(length >= 1, "a span cannot be " + length + " long");
        Check.given(kind, "the kind of a span");
    }

    /// A stretch that needs no value.
    public static Span of(int start, int length, Kind kind) {
        return new Span(start, length, kind, null);
    }

    /// Where it ends (not included). A long, since the sum may not fit an int.
    long end() {
        return (long) start + length;
    }
}
