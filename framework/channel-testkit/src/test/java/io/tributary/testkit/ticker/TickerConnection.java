package io.tributary.testkit.ticker;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.Slot;
import io.tributary.spi.State;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// Asks for what came after its cursor, again and again. What a slot's cursor has passed is
/// acknowledged by the next question. Not final: tests sabotage one method at a time.
public class TickerConnection implements Connection, Sends {

    protected final AccountContext context;
    protected final Slot slot;

    public TickerConnection(AccountContext context, Slot slot) {
        this.context = context;
        this.slot = slot;
    }

    @Override
    public void run() throws Exception {
        var lines = ask();
        slot.report(Health.up());
        while (true) {
            take(lines);
            lines = ask();
        }
    }

    /// Waits for lines at the service; none after a while.
    protected List<String> ask() throws IOException, InterruptedException {
        var call =
                Http.Call.get(url("/lines?after=" + after() + "&share=" + slot.number()))
                        .header("Authorization", key());
        var answer = context.http().send(call);
        if (answer.status() != 200) {
            throw new IOException("the ticker answers " + answer.status());
        }
        return answer.body().utf8().lines().toList();
    }

    /// Cursor and lines in one commit.
    protected void take(List<String> lines) throws NotStored, InterruptedException {
        if (!lines.isEmpty()) {
            var events = lines.stream().filter(this::isOurs).map(this::event).toList();
            slot.deliver(Delivery.of(events).state(cursorAt(lines.getLast())));
        }
    }

    protected boolean isOurs(String line) {
        return slot.owns(field(line, 1));
    }

    protected RawEvent event(String line) {
        return RawEvent.of("line", Bytes.utf8(line), Dedupe.key(field(line, 0)));
    }

    protected State.Change cursorAt(String line) {
        return State.Change.set(cursor(), Bytes.utf8(field(line, 0)));
    }

    protected String after() {
        var entry = context.state().read(cursor());
        return entry == null ? "0" : entry.value().utf8();
    }

    private String cursor() {
        return "cursor-" + slot.number();
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "the ticker takes text only");
        }
        try {
            var answer =
                    context.http()
                            .send(
                                    Http.Call.post(
                                                    url("/lines"),
                                                    "text/plain",
                                                    Bytes.utf8(text.text()))
                                            .header("Authorization", key()));
            var id = answer.header("x-id");
            return answer.status() == 202 && id != null
                    ? SendResult.accepted(id)
                    : SendResult.of(answer);
        } catch (Http.Failure failure) {
            return SendResult.of(failure);
        }
    }

    protected static String field(String line, int number) {
        return line.split("\t", 3)[number];
    }

    private URI url(String path) {
        return URI.create(context.settings().uri("url") + path);
    }

    protected String key() {
        return "Bearer " + context.settings().secret("key").reveal();
    }
}
