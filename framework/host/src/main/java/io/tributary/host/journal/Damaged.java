package io.tributary.host.journal;

import java.sql.SQLException;

/// Something in the file is not what was written there.
final class Damaged extends SQLException {

    private static final long serialVersionUID = 1L;

    private final String what;

    /// Says what is damaged.
    ///
    /// @param what such as `the interaction at position 7`
    Damaged(String what) {
        super("damaged: " + what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
