package io.tributary.spi;

import java.util.List;

/// The channel cuts long texts by rules of its own.
public interface SplitsText {

    /// The segments in which the provider would count a text, for preview, cost and rate. Pure and
    /// quick.
    ///
    /// @return in order; joined they are the text
    List<String> split(String text);
}
