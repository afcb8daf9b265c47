package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.testkit.bell.BellAccount;
import io.tributary.testkit.bell.BellChannel;
import io.tributary.testkit.bell.BellContract;
import io.tributary.testkit.bell.BellSession;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/// Channels that break exactly one promise about devices.
final class DeviceSabotages {

    /// Who breaks a promise is not waited for as long as who may keep it.
    private static final Duration SHORT = Duration.ofMillis(700);

    private DeviceSabotages() {}

    /// Makes a session of a link, as the account does for a bell of this name.
    @FunctionalInterface
    private interface Made {
        BellSession session(AccountContext context, DeviceLink link, String name);
    }

    static List<Sabotage> ofDevices() {
        return List.of(
                rings("a genuine device is let in, and what it says is kept", Deaf::new),
                account("who must not be let in leaves nothing behind", OpenDoor::new),
                rings("what a device says keeps its order", KeepsOneBack::new),
                rings(
                        "what a device says again is no second message, after a restart neither",
                        NewKeys::new),
                rings("a device is told when nothing could be stored", SaysRung::new),
                rings("hostile frames neither hang nor break it", Recurses::new),
                account("hostile handshakes neither hang nor break it", TrustsNames::new),
                new Sabotage("hostile handshakes neither hang nor break it", new TrustedOffers()),
                rings("what sessions keep and log gives nothing away", LogsText::new),
                rings("a device that leaves is let go", ThrowsAtEnd::new));
    }

    static List<Sabotage> ofShowing() {
        return List.of(
                rings("an upgrade keeps the socket", ParksTooMuch::new),
                rings("an upgrade keeps the socket", ThrowsAtLaterEnd::new),
                rings(
                        "followed conversations are shown in order, and go on after an upgrade",
                        ForgetsCursor::new),
                sends(
                        "a message reaches the device, after an upgrade too",
                        message -> SendResult.accepted(message.key())),
                sends(
                        "a message to a device that is gone is no success",
                        message -> SendResult.accepted(message.key())),
                sends(
                        "unknown content is refused by a session",
                        _ -> SendResult.retry("any", "whatever comes")));
    }

    private static Sabotage rings(String promise, Made broken) {
        return account(
                promise,
                context ->
                        new BellAccount(context) {
                            @Override
                            protected BellSession session(DeviceLink link, String name) {
                                return broken.session(context, link, name);
                            }
                        });
    }

    private static Sabotage sends(String promise, Function<OutboundMessage, SendResult> result) {
        return rings(
                promise,
                (context, link, name) ->
                        new BellSession(context, link, name) {
                            @Override
                            public SendResult send(OutboundMessage message) {
                                return result.apply(message);
                            }
                        });
    }

    private static Sabotage account(String promise, Function<AccountContext, Account> broken) {
        return new Sabotage(
                promise,
                new BellContract() {
                    @Override
                    protected Channel channel() {
                        return new BellChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                return broken.apply(context);
                            }
                        };
                    }

                    @Override
                    Patience patience() {
                        return new Patience(SHORT);
                    }
                });
    }

    private static final class OpenDoor extends BellAccount {
        OpenDoor(AccountContext context) {
            super(context);
        }

        @Override
        protected boolean mayEnter(DeviceHandshake handshake) {
            return true;
        }
    }

    /// Browsers cannot set headers: their devices bring in a subprotocol what lets them in.
    private static final class TrustedOffers extends BellContract {
        @Override
        protected DeviceHandshake deviceHandshake() {
            var good = super.deviceHandshake();
            return FakeHost.handshake(good.path(), good.query(), "bells.v1", "key.sesame");
        }

        @Override
        protected Channel channel() {
            return Fair.bell(TrustsOffers::new);
        }
    }

    private static final class TrustsOffers extends BellAccount {
        TrustsOffers(AccountContext context) {
            super(context);
        }

        @Override
        public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws Exception {
            var offered = handshake.subprotocols();
            return offered.isEmpty() || offered.getLast().substring("key.".length()).isEmpty()
                    ? DeviceVerdict.refused(401, "no key")
                    : super.connect(handshake, link);
        }
    }

    private static final class TrustsNames extends BellAccount {
        TrustsNames(AccountContext context) {
            super(context);
        }

        @Override
        public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws Exception {
            Objects.requireNonNull(handshake.query().get("bell"));
            return super.connect(handshake, link);
        }
    }

    private static final class Deaf extends BellSession {
        Deaf(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public void onFrame(Frame frame) {}
    }

    /// Delivers each ring when the next one comes.
    private static final class KeepsOneBack extends BellSession {
        private String before = "";

        KeepsOneBack(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        protected void ring(String id, String text) throws Exception {
            if (before.isEmpty()) {
                before = id + " " + text;
                return;
            }
            super.ring(id, text);
            String[] words = before.split(" ", 2);
            super.ring(words[0], words[1]);
        }
    }

    private static final class NewKeys extends BellSession {
        NewKeys(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        protected void ring(String id, String text) throws Exception {
            var key = Dedupe.key(UUID.randomUUID().toString());
            var event = RawEvent.of("ring", Bytes.utf8(text), key).note("bell", name);
            link.deliver(Delivery.of(event));
        }
    }

    private static final class SaysRung extends BellSession {
        SaysRung(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        protected void ring(String id, String text) throws Exception {
            try {
                super.ring(id, text);
            } catch (NotStored lost) {
                link.send(Frame.text("rung " + id));
            }
        }
    }

    private static final class Recurses extends BellSession {
        Recurses(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public void onFrame(Frame frame) throws Exception {
            if (frame instanceof Frame.Text said && depth(said.text(), 0) > 0) {
                return;
            }
            super.onFrame(frame);
        }

        private static int depth(String text, int at) {
            return at < text.length() && text.charAt(at) == '[' ? 1 + depth(text, at + 1) : 0;
        }
    }

    private static final class LogsText extends BellSession {
        LogsText(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        protected void ring(String id, String text) throws Exception {
            context.log().log(System.Logger.Level.INFO, text);
            super.ring(id, text);
        }
    }

    private static final class ThrowsAtEnd extends BellSession {
        ThrowsAtEnd(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public void onClosed() {
            throw new IllegalStateException("the bell was never there");
        }
    }

    private static final class ParksTooMuch extends BellSession {
        ParksTooMuch(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public Bytes park() {
            return Bytes.wrap(new byte[64 * 1024 + 1]);
        }
    }

    /// Knows nothing of devices that came before it.
    private static final class ThrowsAtLaterEnd extends BellSession {
        private boolean handedOver;

        ThrowsAtLaterEnd(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        protected void begin(String from) {
            handedOver = !from.isEmpty();
            super.begin(from.equals("parked") ? "" : from);
        }

        @Override
        public Bytes park() {
            return Bytes.utf8("parked");
        }

        @Override
        public void onClosed() {
            if (handedOver) {
                throw new IllegalStateException("the bell was never there");
            }
        }
    }

    private static final class ForgetsCursor extends BellSession {
        ForgetsCursor(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public Bytes park() {
            return Bytes.EMPTY;
        }
    }
}
