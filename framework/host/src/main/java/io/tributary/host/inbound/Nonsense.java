package io.tributary.host.inbound;

/// A plugin answered something that cannot be stored. The text names the place and never repeats
/// the value.
final class Nonsense extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Nonsense(String text) {
        super(text, null, false, false);
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
