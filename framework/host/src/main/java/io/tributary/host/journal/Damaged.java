package io.tributary.host.journal;

import java.sql.SQLException;

/// Something in the file is not what was written there.
final class Damaged extends SQLException {

    private static final long serialVersionUID = 1L;

    /// @param what such as `the interaction at position 7`
    Damaged(String what) {
        super("damaged: " + what);
    }
}
