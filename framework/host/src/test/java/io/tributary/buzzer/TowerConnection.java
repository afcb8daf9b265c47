package io.tributary.buzzer;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.Slot;
import io.tributary.spi.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One line to the tower: does what the tower says, line by line, and tells what it is told.
final class TowerConnection implements Connection, Sends, SendsSignals {

    private final AccountContext context;
    private final Slot slot;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable PrintWriter out;
    private String last = "";

    TowerConnection(AccountContext context, Slot slot) {
        this.context = context;
        this.slot = slot;
        last = read();
    }

    private String read() {
        var entry = context.state().read("last " + slot.number());
        return entry == null ? "none" : entry.value().utf8();
    }

    @Override
    public void run() throws Exception {
        int port = (int) context.settings().number("tower");
        // the reader is left to its thread, which holds it while it waits for a line
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
            context.executor().execute(() -> listen(reader));
            tell(
                    "hello %d/%d last=%s greeting=%s"
                            .formatted(
                                    slot.number(),
                                    slot.of(),
                                    last,
                                    context.settings().text("greeting", "hello")));
            obey();
        }
    }

    private void listen(BufferedReader reader) {
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException gone) {
            // told by the end below
        }
        lines.add("end");
    }

    private void obey() throws Exception {
        try {
            while (true) {
                String[] words = lines.take().split(" ", 3);
                switch (words[0]) {
                    case "up" -> slot.report(Health.up());
                    case "down" -> slot.report(Health.down("the tower said so"));
                    case "say" -> say(words[1], words[2]);
                    case "owns" -> tell("owns " + slot.owns(words[1]));
                    case "break" -> throw new IllegalStateException("broken");
                    case "release" -> released.countDown();
                    case "end" -> {
                        return;
                    }
                    default -> tell("what?");
                }
            }
        } catch (InterruptedException leaving) {
            leave();
        }
    }

    private void say(String id, String text) throws InterruptedException {
        try {
            var event = RawEvent.of("say", Bytes.utf8(text), Dedupe.key(id));
            var outcome =
                    slot.deliver(
                                    Delivery.of(event)
                                            .state(
                                                    State.Change.set(
                                                            "last " + slot.number(),
                                                            Bytes.utf8(id))))
                            .getFirst();
            last = id;
            tell("ok " + id + " " + outcome.fate());
        } catch (NotStored refused) {
            tell("no " + id + " " + refused.why());
        }
    }

    /// What came before the interrupt is still stored.
    private void leave() throws InterruptedException {
        tell("leaving");
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("say")) {
                say(words[1], words[2]);
            }
        }
        tell("left");
    }

    private void tell(String line) {
        var writer = out;
        if (writer != null) {
            writer.println(line);
        }
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        String text = message.content() instanceof Content.Text said ? said.text() : "?";
        tell("msg " + slot.number() + " " + message.conversation().address() + " " + text);
        if (text.equals("slow")) {
            released.await();
            tell("done " + text);
        }
        return SendResult.accepted(message.key() + " there");
    }

    @Override
    public void signal(Conversation conversation, SendsSignals.Kind kind, @Nullable String upTo) {
        tell("signal " + kind);
    }
}
