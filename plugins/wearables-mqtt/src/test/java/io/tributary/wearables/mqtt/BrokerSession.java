package io.tributary.wearables.mqtt;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [LoopbackBroker] knows of one client. Guarded by the broker.
final class BrokerSession {

    private final LoopbackBroker broker;
    private final String client;
    private final List<Packet.Filter> filters = new ArrayList<>();
    private final Map<Integer, LoopbackBroker.Message> inFlight = new LinkedHashMap<>();
    private @Nullable Socket socket;
    private int window;
    private int brought;
    private int lastId;

    BrokerSession(LoopbackBroker broker, String client) {
        this.broker = broker;
        this.client = client;
    }

    /// A connection has it now, and no other.
    void taken(Socket by, int most) throws IOException {
        var before = socket;
        if (before != null && !before.isClosed()) {
            try (before) {
                ClientPackets.say(before, ClientPackets.disconnect(0x8E));
            } catch (IOException gone) {
                // it need not be told
            }
        }
        socket = by;
        window = most;
        var again = List.copyOf(inFlight.values());
        inFlight.clear();
        for (var message : again) {
            bring(message);
        }
    }

    void subscribed(List<Packet.Filter> wanted) throws IOException {
        for (var filter : wanted) {
            boolean anew = !filters.removeIf(before -> before.topics().equals(filter.topics()));
            filters.add(filter);
            if (filter.retainHandling() == 0 || (filter.retainHandling() == 1 && anew)) {
                bringRetained(filter);
            }
        }
        offer();
    }

    private void bringRetained(Packet.Filter filter) {
        for (var publish : broker.retained()) {
            if (matches(filter, publish)) {
                bring(new LoopbackBroker.Message(0, publish));
            }
        }
    }

    /// Brings what there is, as far as the client takes it.
    void offer() {
        var all = broker.published();
        while (!filters.isEmpty() && brought < all.size() && inFlight.size() < window) {
            var message = all.get(brought++);
            if (wants(message.publish())) {
                bring(message);
            }
        }
    }

    void acknowledged(int id) {
        var message = inFlight.remove(id);
        if (message != null && message.number() > 0) {
            broker.acknowledged(client, message.number());
        }
        offer();
    }

    private boolean wants(Packet.Publish publish) {
        return filters.stream().anyMatch(filter -> matches(filter, publish));
    }

    private static boolean matches(Packet.Filter filter, Packet.Publish publish) {
        return publish.topic().matches(filter.topics().replace("+", "[^/]+"));
    }

    private void bring(LoopbackBroker.Message message) {
        var publish = message.publish();
        int id = publish.qos() == 0 ? 0 : 1 + lastId++ % 0xFFFF;
        if (id != 0) {
            inFlight.put(id, message);
        }
        var to = socket;
        try {
            if (to != null && !to.isClosed()) {
                ClientPackets.say(
                        to,
                        PacketWriter.write(
                                new Packet.Publish(
                                        publish.topic(),
                                        publish.payload(),
                                        publish.qos(),
                                        id,
                                        publish.retained(),
                                        publish.properties())));
            }
        } catch (IOException gone) {
            // brought again to the next connection
        }
    }
}
