package io.tributary.host.media;

import java.util.Base64;

/// Bytes of some formats, as small as they can be.
final class Samples {

    /// One transparent pixel.
    static final byte[] PNG =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    static final byte[] HTML = "<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes();
    static final byte[] SVG =
            "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"
                    .getBytes();

    /// A sound of no length.
    static final byte[] WAV =
            Base64.getDecoder()
                    .decode("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=");

    static final byte[] NOISE = {1, 2, 3, 4, 5, 6, 7};

    private Samples() {}
}
