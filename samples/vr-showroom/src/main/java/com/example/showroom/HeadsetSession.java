package com.example.showroom;

import com.example.showroom.HeadsetMessage.Got;
import com.example.showroom.HeadsetMessage.Looked;
import com.example.showroom.HeadsetMessage.Recorded;
import com.example.showroom.HeadsetMessage.Spoke;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Frame;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.io.IOException;
import java.time.Duration;

/// One headset while one visitor wears it. Has nothing to park: whatever it knows follows from the
/// handshake, or is in the host's log.
final class HeadsetSession implements DeviceSession, Sends {

    private static final long LARGEST_RECORDING = 4 * 1024 * 1024;
    private static final Duration USUAL_LOOK = Duration.ofSeconds(3);

    /// Less than the 10 s that sends under way are given at an upgrade (guarantee 20).
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final AccountContext context;
    private final DeviceLink link;
    private final Passes passes;
    private final String address;
    private final Confirmations confirmations = new Confirmations();

    /// @param address the headset and the visit: whoever wears it next is somebody else
    HeadsetSession(AccountContext context, DeviceLink link, Passes passes, String address) {
        this.context = context;
        this.link = link;
        this.passes = passes;
        this.address = address;
    }

    /// What was not stored is not answered: the socket closes with 1013, and the headset says it
    /// again.
    @Override
    public void onFrame(Frame frame) throws Exception {
        if (!(frame instanceof Frame.Text text)) {
            throw new Malformed("headsets speak text");
        }
        var said = text.text();
        switch (HeadsetMessage.read(said)) {
            case Recorded recorded -> permit(recorded);
            case Spoke spoke when !isTheirs(spoke) -> refuse(spoke, "there is no such recording");
            case Looked looked when isShort(looked) -> taken(looked);
            case Got got when confirmations.confirm(got.key()) -> taken(got);
            case HeadsetMessage other -> keep(said, other);
        }
    }

    private void keep(String said, HeadsetMessage message)
            throws NotStored, InterruptedException, IOException {
        var showroom = context.settings().text("showroom");
        link.deliver(Delivery.of(Happenings.event(said, message, showroom, address)));
        taken(message);
    }

    private void permit(Recorded recorded) throws IOException {
        if (recorded.bytes() > LARGEST_RECORDING) {
            refuse(recorded, "a recording has 4 MB at most");
            return;
        }
        var upload = link.upload("voice note", recorded.type(), recorded.bytes());
        tell(
                "bring",
                recorded.id(),
                "to",
                upload.url().toString(),
                "media",
                upload.media().toString(),
                "seal",
                passes.seal(address, upload.media()));
    }

    /// Whether it was permitted to this visitor, and has been brought.
    private boolean isTheirs(Spoke spoke) {
        if (!passes.isSealed(address, spoke.media(), spoke.seal())) {
            return false;
        }
        try (var bytes = context.media().open(spoke.media())) {
            return bytes.read() >= 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private boolean isShort(Looked looked) {
        var worthTelling = context.settings().duration("look", USUAL_LOOK);
        return looked.time().compareTo(worthTelling) < 0;
    }

    /// The headset shows each key once, however often it comes: so what was not confirmed is tried
    /// again, and is not unknown. A confirmation that comes too late is stored as a receipt.
    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "a headset shows text only");
        }
        if (!message.conversation().address().equals(address)) {
            return SendResult.recipientGone("left", "somebody else wears the headset by now");
        }
        try {
            var key = message.key();
            return confirmations.after(
                            () -> tell("show", key, "text", text.text()), key, PATIENCE)
                    ? SendResult.accepted(key).reached(Receipt.Status.DELIVERED)
                    : SendResult.retry("silent", "the headset has not said that it shows this");
        } catch (IOException gone) {
            return SendResult.retry("gone", "the headset is gone");
        }
    }

    @Override
    public void onClosed() {
        confirmations.end();
    }

    private void taken(HeadsetMessage message) throws IOException {
        tell("taken", message.id());
    }

    private void refuse(HeadsetMessage message, String why) throws IOException {
        tell("refused", message.id(), "why", why);
    }

    private void tell(String... namesAndValues) throws IOException {
        link.send(Frame.text(FlatObject.written(namesAndValues).text()));
    }
}
