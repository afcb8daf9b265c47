package io.tributary.buzzer;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Signal;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One buzzer: does what its frames say, and tells what it is told.
final class BuzzerSession implements DeviceSession, Sends, SendsSignals, Follows {

    private static final int TOO_MUCH = 64 * 1_024 + 1;

    private final AccountContext context;
    private final DeviceLink link;
    private final String device;
    private final String greeting;
    private final String mood;
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private int count;
    private String followed = "";
    private String cursor = "";

    BuzzerSession(
            AccountContext context,
            DeviceLink link,
            String device,
            @Nullable Bytes parked,
            String greeting,
            String mood) {
        this.context = context;
        this.link = link;
        this.device = device;
        this.greeting = greeting;
        this.mood = mood;
        if (parked != null) {
            String[] parts = parked.utf8().split(" ", -1);
            count = Integer.parseInt(parts[0]);
            followed = parts[1];
            cursor = parts[2];
        }
    }

    void follow(String address, String from) {
        followed = address;
        cursor = from;
        followOn();
    }

    /// Shows on what the session before has shown.
    void followOn() {
        if (!followed.isEmpty()) {
            link.follow(followed, cursor.isEmpty() ? null : cursor);
        }
    }

    private void tell(String text) throws IOException {
        link.send(Frame.text(text));
    }

    @Override
    public void onFrame(Frame frame) throws Exception {
        if (inside.incrementAndGet() > 1) {
            throw new IllegalStateException("two frames at once");
        }
        try {
            switch (frame) {
                case Frame.Text(String text) -> obey(text);
                case Frame.Binary(Bytes bytes) -> tell("bytes " + bytes.length());
                default -> throw new IllegalStateException("what is that?");
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    private void obey(String text) throws Exception {
        String[] words = text.split(" ", 3);
        switch (words[0]) {
            case "say" -> say(words[1], words[2]);
            case "break" -> throw new IllegalStateException("broken: " + words[1]);
            case "full" -> throw new NotStored(NotStored.Why.UNAVAILABLE, "full");
            case "hold" -> {
                tell("holding");
                go.acquire();
                tell("held");
            }
            case "shout" -> shout(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "release" -> released.countDown();
            case "follow" -> follow(words[1], words.length > 2 ? words[2] : "");
            case "unfollow" -> link.unfollow(words[1]);
            case "put" -> {
                var upload = link.upload("buzz.png", words[1], Long.parseLong(words[2]));
                tell("put " + upload.media() + " " + upload.url());
            }
            case "picture" ->
                    link.deliver(
                            Delivery.of(
                                    RawEvent.of(
                                                    "picture",
                                                    Bytes.utf8(words[1]),
                                                    Dedupe.key(words[1]))
                                            .note("from", device)));
            case "typing" -> link.signal(Signal.of(Signal.Kind.TYPING, "desk", words[1]));
            case "bye" -> link.close(3001, "bye");
            case "adieu" -> link.close(3001, "à bientôt ".repeat(12));
            default -> tell("what? " + words[0]);
        }
    }

    /// Says what became of it where it is kept, since the device may hear nothing any more.
    private void shout(int times, int length) throws Exception {
        try {
            for (int i = 0; i < times; i++) {
                tell("x".repeat(length));
            }
            tell("shouted");
        } catch (IOException unheard) {
            link.deliver(
                    Delivery.of(
                            RawEvent.of(
                                            "say",
                                            Bytes.utf8("unheard"),
                                            Dedupe.key(device + " unheard"))
                                    .note("from", device)));
        }
    }

    private void say(String id, String text) throws Exception {
        count++;
        var event =
                RawEvent.of("say", Bytes.utf8(text), Dedupe.key(device + " " + id))
                        .note("from", device);
        var outcome = link.deliver(Delivery.of(event)).getFirst();
        tell("ok " + id + " " + outcome.fate() + " " + count + " " + greeting);
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        String text = message.content() instanceof Content.Text said ? said.text() : "?";
        try {
            if (text.equals("go")) {
                go.release();
            }
            if (text.equals("slow")) {
                tell("slow");
                released.await();
            }
            tell("msg " + text + " " + greeting);
            return SendResult.accepted(device + " " + message.key());
        } catch (IOException gone) {
            return SendResult.retry("gone", "the buzzer is gone");
        }
    }

    @Override
    public void signal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo)
            throws IOException {
        tell("signal " + kind);
    }

    @Override
    public void onInteraction(Interaction interaction, String at) throws IOException {
        cursor = at;
        String text =
                interaction.content() instanceof Content.Text said
                        ? said.text()
                        : interaction.content().type();
        tell("saw " + interaction.direction() + " " + text + " " + at);
    }

    @Override
    public void onSignal(Signal signal) throws IOException {
        tell("noticed " + signal.kind());
    }

    @Override
    public Bytes park() {
        return switch (mood) {
            case "parking-fails" -> throw new IllegalStateException("no room");
            case "parks-too-much" -> Bytes.wrap(new byte[TOO_MUCH]);
            default -> Bytes.utf8(count + " " + followed + " " + cursor);
        };
    }

    @Override
    public void onClosed() {
        try {
            link.deliver(
                    Delivery.of(
                            RawEvent.of(
                                            "say",
                                            Bytes.utf8("closed " + greeting),
                                            Dedupe.key(device + " closed " + System.nanoTime()))
                                    .note("from", device)));
        } catch (NotStored | InterruptedException lost) {
            context.log().log(System.Logger.Level.INFO, "the end is not stored");
        }
    }
}
