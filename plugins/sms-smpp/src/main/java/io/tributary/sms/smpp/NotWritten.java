package io.tributary.sms.smpp;

import java.io.IOException;

/// A request did not go out whole: the SMSC surely did nothing of it.
final class NotWritten extends IOException {

    private static final long serialVersionUID = 1;

    NotWritten(String message) {
        super(message);
    }
}
