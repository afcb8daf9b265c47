package io.tributary.sms.smpp;

import java.io.IOException;

/// The SMSC lets us in nowhere.
final class BindRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    BindRefused(int status) {
        super("the SMSC refuses the bind (" + CommandStatus.code(status) + ")");
        this.status = status;
    }

    int status() {
        return status;
    }
}
