package io.tributary.host.media;

import java.io.IOException;

/// A medium has more bytes than are kept.
public final class TooLong extends IOException {

    private static final long serialVersionUID = 1L;

    TooLong(long limit) {
        super("a medium may have " + limit + " bytes at most");
    }
}
