package io.tributary.host.egress;

import java.io.IOException;

/// A request that must not leave this member. The text names the rule; it never repeats the address
/// whole.
public final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
