package io.tributary.wearables.mqtt;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Connection;
import io.tributary.spi.Conversation;
import io.tributary.spi.Health;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.util.List;

/// The wearables behind one broker.
sealed class WearablesAccount implements Account, HoldsConnections, ChecksHealth
        permits PostedAccount {

    private static final String LINE = "wearables";

    private final AccountContext context;
    private final Broker broker;
    private final Topics topics;
    private final Outgoing outgoing;
    private final String line;
    private final int slots;
    private final Translation translation;
    private final EventReader events;
    private final Sessions sessions;

    WearablesAccount(AccountContext context) {
        var settings = context.settings();
        this.context = context;
        this.broker = Broker.of(settings);
        this.topics = new Topics(settings.text("topics"));
        this.outgoing = Outgoing.of(topics, settings);
        this.line = settings.text("line", LINE);
        this.slots = Math.toIntExact(settings.number("slots", 1));
        this.translation = new Translation(line);
        this.events = new EventReader(Averages.of(settings));
        this.sessions =
                new Sessions(context, BrokerSettings.of(settings, context.account(), 0).expiry());
    }

    EventReader events() {
        return events;
    }

    /// To users about whom something was posted there is no way back.
    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Topics.isLevel(conversation.address()) ? outgoing.capabilities() : Capabilities.NONE;
    }

    @Override
    public List<Line> lines() {
        return List.of(Line.of(line, line));
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Connection connect(Slot slot) {
        return new BrokerConnection(
                broker,
                settings(slot.number()),
                outgoing,
                new Intake(topics, line, events, slot),
                sessions,
                slot,
                context.clock());
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return translation.of(arrival);
    }

    /// Knocks under another name, so that nobody's session is disturbed.
    @Override
    public Health check() throws InterruptedException {
        var settings = settings(0);
        try (var wire = Wire.open(broker, settings.keepAlive())) {
            Greeting.say(wire, settings.look(broker));
            wire.say(new Packet.Disconnect(Reasons.SUCCESS));
            return sessions.health();
        } catch (Greeting.Turned turned) {
            return turned.health();
        } catch (NotMqtt broken) {
            return broken.health();
        } catch (IOException unreachable) {
            return Health.down("the broker cannot be reached");
        }
    }

    private BrokerSettings settings(int slot) {
        return BrokerSettings.of(context.settings(), context.account(), slot);
    }
}
