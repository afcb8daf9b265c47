package io.tributary.json;

/// One thing that is wrong with a JSON text.
///
/// @param pointer where (RFC 6901), such as `/parts/0/text`; empty: the text as a whole
/// @param text what is wrong, without quoting the value
public record JsonProblem(String pointer, String text) {

    /// In one line, as in `/parts/0/text: must be a string`.
    @Override
    public String toString() {
        return pointer.isEmpty() ? text : pointer + ": " + text;
    }
}
