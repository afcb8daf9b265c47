package io.tributary.testkit.bell;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceSession;
import io.tributary.spi.Follows;
import io.tributary.spi.Frame;
import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.io.IOException;

/// One bell: says `ring ID TEXT` and is told `rung ID`. Not final: tests sabotage one method at a
/// time.
public class BellSession implements DeviceSession, Sends, Follows {

    protected final AccountContext context;
    protected final DeviceLink link;
    protected final String name;

    /// The last interaction that was shown; empty: none yet.
    protected String cursor = "";

    public BellSession(AccountContext context, DeviceLink link, String name) {
        this.context = context;
        this.link = link;
        this.name = name;
    }

    /// @param from where the session before was; empty: there was none, or it had shown nothing
    protected void begin(String from) {
        cursor = from;
        link.follow(name, from.isEmpty() ? null : from);
    }

    @Override
    public void onFrame(Frame frame) throws Exception {
        if (!(frame instanceof Frame.Text said)) {
            throw new Malformed("bells say text");
        }
        String[] words = said.text().split(" ", 3);
        if (words.length < 3 || !words[0].equals("ring") || words[1].isEmpty()) {
            throw new Malformed("bells say `ring ID TEXT`");
        }
        ring(words[1], words[2]);
    }

    protected void ring(String id, String text) throws Exception {
        var event =
                RawEvent.of("ring", Bytes.utf8(text), Dedupe.key(name + " " + id))
                        .note("bell", name);
        link.deliver(Delivery.of(event));
        link.send(Frame.text("rung " + id));
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        if (!(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "a bell shows text only");
        }
        try {
            link.send(Frame.text("show " + text.text()));
            return SendResult.accepted(name + " " + message.key());
        } catch (IOException gone) {
            return SendResult.retry("gone", "the bell is gone");
        }
    }

    @Override
    public void onInteraction(Interaction interaction, String at) throws IOException {
        link.send(Frame.text("seen " + interaction.fallbackText()));
        cursor = at;
    }

    @Override
    public Bytes park() {
        return Bytes.utf8(cursor);
    }
}
