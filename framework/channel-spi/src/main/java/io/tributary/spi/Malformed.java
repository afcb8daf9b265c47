package io.tributary.spi;

/// What came in has not the shape that it must have. From [ReceivesWebhooks#verify(WebhookRequest)]
/// it answers 400 (guarantee 9); elsewhere it is like any exception.
///
/// Has no stack trace: whoever can send garbage could otherwise make the host write one for each
/// piece.
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// Says what is missing or broken.
    ///
    /// @param message what is wrong and where; never the content itself
    public Malformed(String message) {
        super(message, null, false, false);
    }
}
