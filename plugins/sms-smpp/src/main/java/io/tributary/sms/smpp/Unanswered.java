package io.tributary.sms.smpp;

import java.io.IOException;

/// A request went out and no answer came: the SMSC may have done it or not.
final class Unanswered extends IOException {

    private static final long serialVersionUID = 1;

    Unanswered(String message) {
        super(message);
    }
}
