package io.tributary.spi;

import io.tributary.model.Bytes;

/// One WebSocket message. May grow: a `switch` over it has a `default`.
@Preview
public sealed interface Frame {

    record Text(String text) implements Frame {

        /// Only its length: it may be what a customer said.
        @Override
        public String toString() {
            return "Text[" + text.length() + "]";
        }
    }

    record Binary(Bytes bytes) implements Frame {}

    static Text text(String text) {
        return new Text(text);
    }

    static Binary binary(Bytes bytes) {
        return new Binary(bytes);
    }
}
