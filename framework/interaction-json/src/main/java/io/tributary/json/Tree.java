package io.tributary.json;

import java.util.List;
import java.util.Map;

/// A JSON value in memory, without loss: members keep their order and numbers their digits.
sealed interface Tree {

    /// An object.
    record Members(Map<String, Tree> values) implements Tree {}

    /// An array.
    record Elements(List<Tree> values) implements Tree {}

    /// A string.
    record Text(String value) implements Tree {}

    /// A number, as it was written.
    record Digits(String digits) implements Tree {}

    /// True or false.
    record Flag(boolean value) implements Tree {}

    /// Null.
    record Null() implements Tree {}

    /// The only null.
    Tree NULL = new Null();
}
