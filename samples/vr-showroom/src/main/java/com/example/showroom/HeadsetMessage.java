package com.example.showroom;

import io.tributary.model.MediaId;
import io.tributary.spi.Malformed;
import java.time.Duration;
import java.util.regex.Pattern;

/// What a headset says. Each message bears an id of the headset's own making, by which the same is
/// recognised when it comes again.
sealed interface HeadsetMessage {

    String id();

    /// Somebody put the headset on.
    record Entered(String id) implements HeadsetMessage {}

    /// They looked at something.
    record Looked(String id, Product product, Duration time) implements HeadsetMessage {}

    /// They took something into their hand.
    record PickedUp(String id, Product product) implements HeadsetMessage {}

    /// They want a person.
    ///
    /// @param words what they said, as far as the headset understood; may be empty
    record AskedForHelp(String id, String words) implements HeadsetMessage {}

    /// They recorded something, which the headset wants to bring.
    record Recorded(String id, String type, long bytes) implements HeadsetMessage {}

    /// The recording has been brought.
    record Spoke(String id, MediaId media, String seal, String type) implements HeadsetMessage {}

    /// The message of this key is on the panel.
    record Got(String id, String key) implements HeadsetMessage {}

    /// Somebody looked at it there.
    record Saw(String id, String key) implements HeadsetMessage {}

    /// The headset was taken off.
    record Left(String id) implements HeadsetMessage {}

    /// Something in the showroom.
    record Product(String sku, String name) {
        private static final Pattern SKU = Pattern.compile("[A-Za-z0-9._-]{1,64}");

        private static Product of(FlatObject said) {
            return new Product(said.need("product", SKU), said.need("name", 100));
        }
    }

    /// Reads one.
    ///
    /// @throws Malformed it is none
    static HeadsetMessage read(String text) {
        var said = FlatObject.read(text);
        var id = said.need("id", Shapes.ID);
        return switch (said.need("what", 20)) {
            case "enter" -> new Entered(id);
            case "look" -> new Looked(id, Product.of(said), time(said));
            case "pick-up" -> new PickedUp(id, Product.of(said));
            case "help" -> new AskedForHelp(id, said.text("words", 2_000));
            case "record" ->
                    new Recorded(id, said.need("type", Shapes.AUDIO), (long) said.number("bytes"));
            case "voice" ->
                    new Spoke(
                            id,
                            media(said),
                            said.need("seal", 100),
                            said.need("type", Shapes.AUDIO));
            case "got" -> new Got(id, said.need("key", Shapes.ID));
            case "seen" -> new Saw(id, said.need("key", Shapes.ID));
            case "leave" -> new Left(id);
            default -> throw new Malformed("a message says what nobody knows");
        };
    }

    private static Duration time(FlatObject said) {
        return Duration.ofMillis(Math.round(said.number("seconds") * 1_000));
    }

    private static MediaId media(FlatObject said) {
        try {
            return MediaId.of(said.need("media", 36));
        } catch (IllegalArgumentException none) {
            throw new Malformed("media is no id");
        }
    }

    /// What ids and types look like.
    final class Shapes {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
        private static final Pattern AUDIO = Pattern.compile("audio/[a-z0-9.+-]{1,40}");

        private Shapes() {}
    }
}
