package io.tributary.sms.smpp;

import io.tributary.model.Content.Receipt;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Capabilities.Unit;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.Scope;
import io.tributary.spi.Slot;
import io.tributary.spi.SplitsText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One account at a carrier's SMSC. Each of its binds is a slot, so that in the whole cluster one
/// member holds it.
final class SmppAccount implements Account, HoldsConnections, SplitsText, ChecksHealth {

    /// Ten messages of UTF-16: they go one after another within the time that a send has.
    private static final int LONGEST_TEXT = 670;

    private static final int PER_SECOND = 10;

    private final AccountContext context;
    private final Profile profile;
    private final Translation translation;
    private final Bind bind;
    private final Capabilities capabilities;

    /// The latest of each slot, as far as they are here.
    private final Map<Integer, SmppConnection> connections = new ConcurrentHashMap<>();

    SmppAccount(AccountContext context) {
        this.context = context;
        this.profile = Profile.of(context.settings());
        this.translation = new Translation(profile);
        this.bind = new Bind(context.settings(), context.executor());
        this.capabilities =
                capabilities(
                        (int) context.settings().number("messagesPerSecond", PER_SECOND),
                        profile.wantsReceipts());
    }

    private static Capabilities capabilities(int perSecond, boolean receipts) {
        var texts =
                Capabilities.NONE
                        .with("text", Support.of(Level.PARTIAL).length(LONGEST_TEXT, Unit.UTF16))
                        .with("choices", Support.of(Level.FALLBACK))
                        .with("card", Support.of(Level.FALLBACK))
                        .with("carousel", Support.of(Level.FALLBACK))
                        .with("location", Support.of(Level.FALLBACK))
                        .with("contactCard", Support.of(Level.FALLBACK))
                        .with("media.image", Support.of(Level.FALLBACK))
                        .with("media.audio", Support.of(Level.FALLBACK))
                        .with("media.voice", Support.of(Level.FALLBACK))
                        .with("media.video", Support.of(Level.FALLBACK))
                        .with("media.file", Support.of(Level.FALLBACK))
                        .with("media.sticker", Support.of(Level.FALLBACK))
                        .rates(
                                Capabilities.Rate.of(
                                        Scope.ACCOUNT, perSecond, Duration.ofSeconds(1)))
                        .start();
        return receipts
                ? texts.receipts(
                        Receipt.Status.SENT, Receipt.Status.DELIVERED, Receipt.Status.FAILED)
                : texts;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return capabilities;
    }

    @Override
    public List<Line> lines() {
        return context.settings().texts("lines").stream().map(each -> Line.of(each, each)).toList();
    }

    @Override
    public int slots() {
        return (int) context.settings().number("binds", 1);
    }

    @Override
    public Connection connect(Slot slot) {
        var connection = new SmppConnection(context, slot, bind, profile);
        connections.put(slot.number(), connection);
        return connection;
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return translation.of(arrival);
    }

    @Override
    public List<String> split(String text) {
        return Segments.of(text, profile).texts();
    }

    /// Over the binds that are here; where none is, whether the SMSC can be reached.
    @Override
    public Health check() throws InterruptedException {
        boolean bound = false;
        for (var connection : connections.values()) {
            var said = connection.check();
            if (said != null && said.state() != Health.State.UP) {
                return said;
            }
            bound |= said != null;
        }
        return bound ? Health.up() : reach();
    }

    private Health reach() {
        try {
            bind.reach();
            return Health.up();
        } catch (IOException unreachable) {
            return Health.down("the SMSC cannot be reached")
                    .action("check url, certificateAuthority and the network");
        }
    }
}
