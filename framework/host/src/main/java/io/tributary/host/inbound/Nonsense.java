package io.tributary.host.inbound;

import io.tributary.model.Reason;

/// A plugin answered something that cannot be stored. The text names the place and never repeats
/// the value.
final class Nonsense extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Of a receipt of what was sent to somebody else.
    static final Reason NOT_THEIRS =
            Reason.of("not-theirs", "what it is about was not sent to whom it names");

    private final String code;

    Nonsense(String text) {
        this(Reason.of("nonsense", text));
    }

    Nonsense(Reason reason) {
        super(reason.text(), null, false, false);
        this.code = reason.code();
    }

    /// For a dead letter.
    Reason reason() {
        return Reason.of(code, text());
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
