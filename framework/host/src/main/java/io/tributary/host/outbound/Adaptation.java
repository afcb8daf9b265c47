package io.tributary.host.outbound;

/// What was done to a part so that the channel can carry it.
enum Adaptation {
    /// It went as its plain text.
    AS_TEXT("asText"),
    /// A file went as a link to it.
    AS_LINK("asLink"),
    /// A card went as the choices it offers.
    AS_CHOICES("asChoices"),
    /// Formatting was left out.
    PLAIN("plain"),
    /// The message went without it.
    LOST("lost");

    private final String word;

    Adaptation(String word) {
        this.word = word;
    }

    /// As which the receipt lists it.
    String word() {
        return word;
    }
}
