package com.example.showroom;

import com.example.showroom.HeadsetMessage.AskedForHelp;
import com.example.showroom.HeadsetMessage.Entered;
import com.example.showroom.HeadsetMessage.Got;
import com.example.showroom.HeadsetMessage.Left;
import com.example.showroom.HeadsetMessage.Looked;
import com.example.showroom.HeadsetMessage.PickedUp;
import com.example.showroom.HeadsetMessage.Recorded;
import com.example.showroom.HeadsetMessage.Saw;
import com.example.showroom.HeadsetMessage.Spoke;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Identity;
import io.tributary.model.Target;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import java.util.List;

/// What came from headsets, in the words of the interaction model. Knows nothing but the event: it
/// is asked again when events are replayed.
final class Happenings {

    /// The model has no word for a look. Agent apps that do not know ours show its fallback.
    private static final String LOOK = ShowroomChannel.ID + ".look";

    private Happenings() {}

    /// An event as it is kept: the headset's own words, and what only the socket knew.
    static RawEvent event(String said, HeadsetMessage message, String showroom, String address) {
        var key = Dedupe.key(address + " " + message.id());
        return RawEvent.of("said", Bytes.utf8(said), key)
                .note("showroom", showroom)
                .note("address", address);
    }

    static List<Inbound> of(RawEvent event) {
        var showroom = event.note("showroom");
        return switch (HeadsetMessage.read(event.body().utf8())) {
            case Got(_, String key) -> receipt(event, key, Receipt.Status.DELIVERED);
            case Saw(_, String key) -> receipt(event, key, Receipt.Status.READ);
            case Recorded _ -> List.of();
            case Entered _ -> did(event, visit(Content.Visit.Event.BEGAN, showroom));
            case Left _ -> did(event, visit(Content.Visit.Event.ENDED, showroom));
            case Looked looked -> did(event, look(looked));
            case PickedUp(_, var product) ->
                    did(event, new Content.Tap(product.sku(), product.name()));
            case AskedForHelp(_, String words) -> did(event, help(words));
            case Spoke(_, var media, _, String type) ->
                    did(event, Content.Media.stored(Content.Media.Kind.VOICE, media, type));
        };
    }

    private static List<Inbound> did(RawEvent event, Content content) {
        return List.of(by(event, content));
    }

    private static Inbound by(RawEvent event, Content content) {
        var address = event.note("address");
        var visitor = Party.of(address, Identity.byChannel(ShowroomChannel.ID, address));
        return Inbound.of(event.note("showroom"), visitor, content);
    }

    /// By the headset, so that it counts for what that headset was shown and nothing else.
    private static List<Inbound> receipt(RawEvent event, String key, Receipt.Status status) {
        return List.of(by(event, Content.receipt(status)).target(Target.external(key)));
    }

    private static Content visit(Content.Visit.Event event, String showroom) {
        return new Content.Visit(event, showroom);
    }

    private static Content look(Looked looked) {
        var product = looked.product();
        var seconds = Long.toString(looked.time().toSeconds());
        return Content.custom(
                LOOK,
                FlatObject.written(
                        "product", product.sku(), "name", product.name(), "seconds", seconds),
                "[looked at] " + product.name() + " for " + seconds + " s");
    }

    /// Somebody waits with a headset on: this raises the conversation.
    private static Content help(String words) {
        var text = words.isBlank() ? "asks for help in the showroom" : words;
        return new Content.Alert("help", Content.Alert.Severity.URGENT, text);
    }
}
