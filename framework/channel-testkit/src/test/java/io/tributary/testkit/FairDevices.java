package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Channel;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.State;
import io.tributary.testkit.bell.BellAccount;
import io.tributary.testkit.bell.BellContract;
import io.tributary.testkit.bell.BellSession;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Devices that are treated as promised, in ways of their own.
final class FairDevices {

    private FairDevices() {}

    static List<Fair> all() {
        return List.of(
                new Fair("says when a device is let in", "hosts devices", contract(Greets::new)),
                new Fair("says when a device is let in", "shows devices", contract(Greets::new)),
                new Fair(
                        "shows no message twice, whoever sends it again",
                        "shows devices",
                        contract(context -> new WithSessions(context, ShowsOnce::new))),
                new Fair(
                        "waits until its device has said that it shows a message",
                        "shows devices",
                        new Answering()));
    }

    /// Makes a session of a link, as the account does for a bell of this name.
    @FunctionalInterface
    private interface Made {
        BellSession session(AccountContext context, DeviceLink link, String name);
    }

    /// Makes an account.
    @FunctionalInterface
    private interface Opened {
        BellAccount open(AccountContext context);
    }

    private static BellContract contract(Opened account) {
        return new BellContract() {
            @Override
            protected Channel channel() {
                return Fair.bell(account::open);
            }
        };
    }

    private static final class Answering extends BellContract {
        @Override
        protected Channel channel() {
            return Fair.bell(context -> new WithSessions(context, Waits::new));
        }

        @Override
        protected List<Frame> deviceAnswers(Frame heard) {
            return heard instanceof Frame.Text said && said.text().startsWith("show ")
                    ? List.of(Frame.text("shown"))
                    : List.of();
        }
    }

    private static class WithSessions extends BellAccount {
        private final Made made;

        WithSessions(AccountContext context, Made made) {
            super(context);
            this.made = made;
        }

        @Override
        protected BellSession session(DeviceLink link, String name) {
            return made.session(context, link, name);
        }
    }

    /// A visit begins with each handshake that brings nobody who was here before.
    private static final class Greets extends BellAccount {
        Greets(AccountContext context) {
            super(context);
        }

        @Override
        public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws Exception {
            var verdict = super.connect(handshake, link);
            if (verdict instanceof DeviceVerdict.Accepted accepted && handshake.parked() == null) {
                var key = Dedupe.key("visit " + UUID.randomUUID());
                var event = RawEvent.of("visit", Bytes.EMPTY, key);
                link.deliver(Delivery.of(event.note("bell", accepted.device())));
            }
            return verdict;
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            if (!arrival.event().kind().equals("visit")) {
                return super.translate(arrival);
            }
            var bell = arrival.event().note("bell");
            var party = Party.of(bell, Identity.byChannel("bell", bell));
            var began = new Content.Visit(Content.Visit.Event.BEGAN, null);
            return List.of(Inbound.of("door", party, began));
        }
    }

    /// Knows by its key what it has been given: the key is the same in every attempt.
    private static final class ShowsOnce extends BellSession {
        ShowsOnce(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            var key = "shown-" + message.key();
            if (context.state().read(key) != null) {
                return SendResult.accepted(name + " " + message.key());
            }
            try {
                context.state().write(State.Change.set(key, Bytes.EMPTY));
            } catch (NotStored full) {
                return SendResult.retry("full", "what is shown cannot be remembered now");
            }
            return super.send(message);
        }
    }

    /// What is sent counts when the device has said so.
    private static final class Waits extends BellSession {
        private final Semaphore shown = new Semaphore(0);

        Waits(AccountContext context, DeviceLink link, String name) {
            super(context, link, name);
        }

        @Override
        public void onFrame(Frame frame) throws Exception {
            if (frame instanceof Frame.Text said && said.text().equals("shown")) {
                shown.release();
            } else {
                super.onFrame(frame);
            }
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            var result = super.send(message);
            return !(result instanceof SendResult.Accepted) || shown.tryAcquire(5, TimeUnit.SECONDS)
                    ? result
                    : SendResult.unknown("silent", "the bell has not said that it shows this");
        }
    }
}
