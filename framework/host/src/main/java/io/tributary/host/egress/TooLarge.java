package io.tributary.host.egress;

import java.io.IOException;

/// An answer was longer than its limit.
public final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    TooLarge(long limit) {
        super("the answer is longer than " + limit + " bytes");
    }
}
