package io.tributary.model;

/// Why something failed or ended.
///
/// @param code for programs: short, stable, the provider's own where there is one
/// @param text for people: what is wrong and, if known, what to do. Never a secret, never what a
///   customer said
public record Reason(String code, String text) {

    /// Refuses an empty code.
    public Reason {
        Check.filled(code, "the code of a reason");
        Check.given(text, "the text of a reason");
    }

    /// The same as the constructor.
    public static Reason of(String code, String text) {
        return new Reason(code, text);
    }
}
