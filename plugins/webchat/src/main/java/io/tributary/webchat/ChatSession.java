package io.tributary.webchat;

import io.tributary.model.Bytes;
import io.tributary.model.Interaction;
import io.tributary.model.MediaId;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One visitor's socket: takes what they say, and shows them their chat from where they have seen
/// it.
///
/// A message of ours goes out twice, as it is sent and as it stands in the log, and the widget
/// shows it once, by its id. So none is missing after a cut, and a second attempt does no harm.
final class ChatSession implements DeviceSession, Sends, SendsSignals, Follows {

    /// Before anything that could be followed.
    private static final String OLDEST = "oldest";

    /// Closes the socket of a widget that says nothing more; one that is there connects again.
    private static final int SILENT = 4000;

    private final Guest guest;
    private final String network;
    private final DeviceLink link;
    private final Means means;
    private final Shown shown;
    private final Confirmations confirmations = new Confirmations();
    private String cursor;

    /// @param network from where the visitor comes
    /// @param from the cursor up to which the widget has seen the chat; empty: it has seen nothing
    ChatSession(Guest guest, String network, DeviceLink link, Means means, String from) {
        this.guest = guest;
        this.network = network;
        this.link = link;
        this.means = means;
        this.shown = new Shown(guest.address(), means);
        this.cursor = from;
    }

    /// @param goesOn the widget was greeted by the session before
    void begin(boolean goesOn) throws IOException {
        if (!goesOn) {
            link.send(Words.ready());
        }
        link.follow(guest.address(), cursor.isEmpty() ? OLDEST : cursor);
    }

    @Override
    public void onFrame(Frame frame) throws Exception {
        if (!(frame instanceof Frame.Text text)) {
            throw new Malformed("widgets say text");
        }
        switch (Frames.read(text.text())) {
            case Said.Kept kept -> keep(kept, text.text());
            case Said.Read read -> seen(read, text.text());
            case Said.Wish wish -> permit(wish);
            case Said.Look look -> look(look);
            case Said.Typing typing -> typing(typing.on());
            case Said.Got got -> confirmations.confirm(got.key());
            case Said.Ping _ -> link.send(Words.pong());
            case Said.Strange _ -> means.metrics().count("frames.strange", 1);
        }
    }

    /// Answers only when it is stored; the same again is answered the same.
    private void keep(Said.Kept kept, String frame) throws Exception {
        if (isRefused(kept)) {
            link.send(Words.no(kept.id(), "file"));
            return;
        }
        var wait = take(means.messages(), means.messagesOfNetwork());
        if (!wait.isZero()) {
            link.send(Words.slow(kept.id(), wait));
            return;
        }
        deliver("said", frame, kept.id());
        link.send(Words.ok(kept.id()));
    }

    /// Who may not go on takes nothing from those who share their network.
    private Duration take(Pace ofVisitor, Pace ofNetwork) {
        var own = ofVisitor.take(guest.address());
        return own.isZero() ? ofNetwork.take(network) : own;
    }

    /// A file that this visitor has not uploaded is none.
    private boolean isRefused(Said.Kept kept) throws NotStored {
        if (!(kept instanceof Said.File file)) {
            return false;
        }
        var media = Translation.media(file.media());
        return !means.seal().isGranted(guest.address(), media, file.grant()) || !isThere(media);
    }

    private boolean isThere(MediaId media) {
        try (var _ = means.media().open(media)) {
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /// Not answered: the widget says it again when it has more to say.
    private void seen(Said.Read read, String frame) throws Exception {
        if (means.signals().take(guest.address()).isZero()) {
            deliver("seen", frame, "read until " + read.until());
        }
    }

    private void deliver(String kind, String frame, String id) throws Exception {
        link.deliver(
                Delivery.of(
                        RawEvent.of(kind, Bytes.utf8(frame), Dedupe.key(guest.address() + " " + id))
                                .notes(guest.notes())));
    }

    private void permit(Said.Wish wish) throws Exception {
        if (wish.bytes() < 1 || wish.bytes() > means.largestFile()) {
            link.send(Words.no(wish.id(), means.largestFile() == 0 ? "file" : "size"));
            return;
        }
        if (!take(means.files(), means.filesOfNetwork()).isZero()) {
            link.send(Words.no(wish.id(), "often"));
            return;
        }
        try {
            var upload = link.upload(wish.name(), wish.type(), wish.bytes());
            var grant = means.seal().grant(guest.address(), upload.media());
            link.send(Words.put(wish.id(), upload, grant));
        } catch (IllegalArgumentException noFile) {
            link.send(Words.no(wish.id(), "file"));
        }
    }

    private void look(Said.Look look) throws Exception {
        var media = Translation.media(look.media());
        if (means.seal().isGranted(guest.address(), media, look.grant())) {
            link.send(Words.link(look.media(), means.media().link(media, Shown.LINK)));
        }
    }

    private void typing(boolean on) {
        if (means.signals().take(guest.address()).isZero()) {
            var kind = on ? Signal.Kind.TYPING : Signal.Kind.IDLE;
            link.signal(Signal.of(kind, guest.line(), guest.address()));
        }
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        var refused = Shown.refusal(message);
        if (refused != null) {
            return refused;
        }
        try {
            var confirmation = confirmations.await(message.key());
            link.send(shown.message(message));
            if (confirmation.isGiven()) {
                return Shown.accepted(message);
            }
            // else it stays the visitor's socket, and each next attempt ends here
            link.close(SILENT, "the widget is silent");
            return SendResult.retry("unconfirmed", "the widget did not say that it has it");
        } catch (IOException gone) {
            return SendResult.retry("gone", "the visitor is not there");
        } catch (NotStored unavailable) {
            return SendResult.retry("store", "files cannot be shown now");
        } finally {
            confirmations.forget(message.key());
        }
    }

    @Override
    public void signal(Conversation conversation, Kind kind, @Nullable String upTo)
            throws IOException {
        link.send(
                switch (kind) {
                    case TYPING -> Words.typing(true);
                    case IDLE -> Words.typing(false);
                    case READ -> Words.seen(ownId(upTo));
                });
    }

    /// Without the address before it; null: all of it.
    private @Nullable String ownId(@Nullable String upTo) {
        var before = guest.address() + " ";
        return upTo != null && upTo.startsWith(before) ? upTo.substring(before.length()) : null;
    }

    @Override
    public void onInteraction(Interaction interaction, String at) throws Exception {
        var frame = shown.event(interaction, at);
        if (frame != null) {
            link.send(frame);
        }
        cursor = at;
    }

    @Override
    public Bytes park() {
        return Bytes.utf8(cursor);
    }

    @Override
    public void onClosed() {
        confirmations.end();
    }
}
