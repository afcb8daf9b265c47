package io.tributary.kiosk;

import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Frame;
import io.tributary.spi.Malformed;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One device's socket.
///
/// Each call of the device is an event under the id that the device gave it, and is answered when
/// it is stored: what the device repeats after a cut is no second event. Nothing here outlives the
/// socket but who the device is.
final class KioskSession implements DeviceSession, Reconciles, SendsSignals {

    static final String EVENT = "call";
    static final String DEVICE = "device";
    static final String STORE = "store";
    static final String FLOOR = "floor";

    /// The device was revoked; it is not to come back without a new code.
    static final int REVOKED = 4001;

    private static final int BROKEN = 4002;

    /// The token by which it came has ended; it may come back with another.
    static final int EXPIRED = 4003;

    /// A device that says so much in a row that nobody understands is broken.
    private static final int MOST_BROKEN = 20;

    private final Means means;
    private final DeviceLink link;
    private final Registration registration;
    private final PendingCalls calls;
    private final Trust trust;
    private int broken;

    KioskSession(Means means, DeviceLink link, Registration registration) {
        this.means = means;
        this.link = link;
        this.registration = registration;
        this.calls = new PendingCalls(link, means.asking());
        this.trust = new Trust(means.devices(), registration, means.clock());
    }

    /// Gives the device the token that it is known by from now on, once.
    void provision(String token) throws IOException {
        var payload = registration.place().json().put("token", token);
        link.send(Frame.text(new Message.Call(fresh(), "Provision", payload).text()));
    }

    @Override
    public void onFrame(Frame frame) throws IOException, NotStored, InterruptedException {
        if (!isWelcome()) {
            return;
        }
        Message message;
        try {
            message = read(frame);
        } catch (Malformed unreadable) {
            refuse(unreadable);
            return;
        }
        broken = 0;
        if (message instanceof Message.Call call) {
            take(call, ((Frame.Text) frame).text());
        } else {
            calls.settle(message);
        }
    }

    private static Message read(Frame frame) {
        if (frame instanceof Frame.Text said) {
            return MessageReader.read(said.text());
        }
        throw new Malformed("devices send text frames");
    }

    /// OCPP 2.0.1 (part 4, section 4.2.3) answers so what has no readable id.
    private void refuse(Malformed unreadable) throws IOException {
        broken++;
        if (broken > MOST_BROKEN) {
            link.close(BROKEN, "nothing of it can be read");
            return;
        }
        var why = String.valueOf(unreadable.getMessage());
        link.send(Frame.text(new Message.Failure("-1", "FormatViolation", why).text()));
    }

    private void take(Message.Call call, String frame)
            throws IOException, NotStored, InterruptedException {
        switch (call.action()) {
            case "Boot" -> answer(call, means.welcome().to(registration.place(), now()));
            case "Heartbeat" -> answer(call, WireJson.object().put("now", now().toString()));
            case "Typing" -> typing(call);
            default -> keep(call, frame);
        }
    }

    private void keep(Message.Call call, String frame)
            throws IOException, NotStored, InterruptedException {
        var place = registration.place();
        var kept = means.checkIns().of(call, frame, now());
        var event =
                RawEvent.of(
                                EVENT,
                                Bytes.utf8(kept.frame()),
                                Dedupe.key(place.device() + " " + call.id()))
                        .notes(
                                Map.of(
                                        DEVICE, place.device(),
                                        STORE, place.store(),
                                        FLOOR, place.floor()));
        var person = kept.person();
        event = person == null ? event : event.note(CheckIns.PERSON, person.note());
        var fate = link.deliver(Delivery.of(event)).getFirst().fate();
        answer(call, WireJson.object().put("fate", fate.name().toLowerCase(Locale.ROOT)));
    }

    private void typing(Message.Call call) throws IOException {
        var kind =
                call.payload().path("on").asBoolean(true) ? Signal.Kind.TYPING : Signal.Kind.IDLE;
        var place = registration.place();
        try {
            var address = Address.of(place.device(), WireJson.text(call.payload(), "session"));
            link.signal(Signal.of(kind, place.store(), address));
        } catch (Malformed nobody) {
            // best effort: who types where nobody is is not shown
        }
        answer(call, WireJson.object());
    }

    private void answer(Message.Call call, tools.jackson.databind.node.ObjectNode payload)
            throws IOException {
        link.send(Frame.text(new Message.Result(call.id(), payload).text()));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        try {
            var call = means.outgoing().of(message);
            if (call == null) {
                return SendResult.rejected("content", "a kiosk does not show this");
            }
            if (!isWelcome()) {
                return SendResult.retry("revoked", "the device was revoked");
            }
            return Answers.toSend(device(), message, calls.ask(call));
        } catch (Malformed unusable) {
            return SendResult.rejected("data", String.valueOf(unusable.getMessage()));
        } catch (PendingCalls.Full full) {
            return SendResult.retry("busy", String.valueOf(full.getMessage()));
        } catch (IOException gone) {
            return SendResult.retry("gone", "the device is not there");
        }
    }

    @Override
    public SendResult lookUp(OutboundMessage message) throws InterruptedException {
        var asked = WireJson.object().put("key", message.key());
        try {
            return Answers.toLookUp(
                    device(), message, calls.ask(new Message.Call(fresh(), "Status", asked)));
        } catch (PendingCalls.Full full) {
            return SendResult.unknown("busy", String.valueOf(full.getMessage()));
        } catch (IOException gone) {
            return SendResult.unknown("gone", "the device is not there to be asked");
        }
    }

    /// Devices take one call after another (OCPP-J 1.6, section 4.1.1).
    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public void signal(Conversation conversation, Kind kind, @Nullable String upTo)
            throws IOException {
        if (!isWelcome()) {
            return;
        }
        var payload =
                WireJson.object()
                        .put("session", Address.session(conversation.address()))
                        .put("kind", kind.name().toLowerCase(Locale.ROOT));
        if (upTo != null) {
            payload.put("upTo", upTo);
        }
        link.send(Frame.text(new Message.Call(fresh(), "Signal", payload).text()));
    }

    @Override
    public Bytes park() {
        means.live().left(device(), this);
        return Entrance.parked(registration);
    }

    @Override
    public void onClosed() {
        means.live().left(device(), this);
        calls.end();
    }

    /// Closes the socket of a device that was revoked.
    void end() {
        link.close(REVOKED, "this device was revoked");
    }

    /// A device that was revoked on another member is found out when it speaks, or is to be told
    /// something.
    private boolean isWelcome() {
        var standing = trust.now();
        switch (standing) {
            case WELCOME -> {}
            case EXPIRED -> link.close(EXPIRED, "the token of this device has ended");
            case REVOKED -> end();
        }
        return standing == Trust.Standing.WELCOME;
    }

    private String device() {
        return registration.place().device();
    }

    private Instant now() {
        return means.clock().instant();
    }

    private static String fresh() {
        return "c-" + UUID.randomUUID();
    }
}
