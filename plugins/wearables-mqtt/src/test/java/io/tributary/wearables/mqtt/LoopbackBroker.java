package io.tributary.wearables.mqtt;

import io.tributary.model.Bytes;
import io.tributary.testkit.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A broker that keeps MQTT's rules for sessions: what a session has not acknowledged it is brought
/// again, what is retained comes with a new subscription, one connection has a session at a time.
///
/// Sessions are as if an operator had made them before the first word: a new one is brought all
/// that was ever published below its filters.
final class LoopbackBroker implements Simulator {

    static final String ROOT = "v1/test";

    private static final int MOST_BYTES = 1 << 20;

    /// A message, by its number at the broker.
    record Message(int number, Packet.Publish publish) {}

    private final ServerSocket server;
    private final int slots;
    private final AtomicInteger words = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, BrokerSession> sessions = new LinkedHashMap<>();
    private final List<Message> published = new ArrayList<>();
    private final Map<String, Packet.Publish> retained = new TreeMap<>();
    private final Map<Integer, Set<String>> acknowledgements = new TreeMap<>();
    private final List<String> taken = new ArrayList<>();
    private final List<Packet.Publish> shown = new ArrayList<>();
    private @Nullable String password;
    private @Nullable Bytes greeting;
    private PacketProperties terms = PacketProperties.NONE;
    private int granted = 1;
    private int answer;
    private boolean deaf;

    /// @param slots how many sessions have to acknowledge a message until it is
    LoopbackBroker(int slots) throws IOException {
        this(slots, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    LoopbackBroker(int slots, ServerSocket server) {
        this.slots = slots;
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// Lets in only who knows this.
    synchronized LoopbackBroker password(String only) {
        password = only;
        return this;
    }

    /// Answers whoever connects with this, whatever it is, and hangs up.
    synchronized LoopbackBroker answeringGreetings(Bytes packet) {
        greeting = packet;
        return this;
    }

    /// Answers each subscription so.
    synchronized LoopbackBroker granting(int reason) {
        granted = reason;
        return this;
    }

    /// Lets in whoever connects on these terms.
    synchronized LoopbackBroker terms(PacketProperties properties) {
        terms = properties;
        return this;
    }

    /// Loses all sessions, as a broker does that keeps them in memory alone.
    synchronized void forget() {
        sessions.clear();
    }

    /// Answers each message so.
    synchronized LoopbackBroker answering(int reason) {
        answer = reason;
        return this;
    }

    /// Answers no message at all.
    synchronized LoopbackBroker deaf() {
        deaf = true;
        return this;
    }

    @Override
    public void say(int customer, String text) {
        var alert =
                StrictJson.object()
                        .put("id", "n" + words.incrementAndGet())
                        .put("kind", "note")
                        .put("severity", "info")
                        .put("text", text);
        publish("device-" + customer + "/alert", StrictJson.write(alert));
    }

    /// A device writes.
    void publish(String topic, String payload) {
        publish(message(topic, payload, 1, false, PacketProperties.NONE));
    }

    static Packet.Publish message(
            String topic, String payload, int qos, boolean retained, PacketProperties properties) {
        return new Packet.Publish(
                ROOT + "/" + topic, Bytes.utf8(payload), qos, 0, retained, properties);
    }

    synchronized void publish(Packet.Publish publish) {
        if (publish.retained()) {
            retained.put(publish.topic(), publish);
        } else {
            published.add(new Message(published.size() + 1, publish));
        }
        sessions.values().forEach(BrokerSession::offer);
    }

    synchronized List<Message> published() {
        return List.copyOf(published);
    }

    /// What a new subscription is brought first.
    synchronized List<Packet.Publish> retained() {
        return List.copyOf(retained.values());
    }

    synchronized void acknowledged(String session, int number) {
        acknowledgements.computeIfAbsent(number, _ -> new TreeSet<>()).add(session);
    }

    @Override
    public synchronized List<String> acknowledged() {
        return published.stream()
                .filter(one ->
                        acknowledgements.getOrDefault(one.number(), Set.of()).size() >= slots)
                .map(one -> StrictJson.text(json(one.publish().payload()), "text"))
                .toList();
    }

    @Override
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /// What we published, whole.
    synchronized List<Packet.Publish> shown() {
        return List.copyOf(shown);
    }

    /// How many sessions it knows.
    synchronized int known() {
        return sessions.size();
    }

    @Override
    public void cut() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                if (server.isClosed()) {
                    // the one that came while accepting was ended
                    socket.close();
                    return;
                }
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void serve(Socket socket) {
        BrokerSession session = null;
        try (socket) {
            var in = new PacketBuffer(socket.getInputStream(), MOST_BYTES);
            while (true) {
                var framed = in.poll();
                if (framed == null) {
                    in.fill();
                } else if (session == null) {
                    session = connected(framed, socket);
                } else {
                    said(framed, session, socket);
                }
            }
        } catch (IOException gone) {
            // as clients go
        } finally {
            open.remove(socket);
        }
    }

    private synchronized BrokerSession connected(PacketBuffer.Framed framed, Socket socket)
            throws IOException {
        var client = ClientPackets.connect(framed);
        if (password != null && !password.equals(client.password())) {
            ClientPackets.say(socket, ClientPackets.connAck(false, 0x86));
            throw new IOException("refused");
        }
        if (greeting != null) {
            ClientPackets.say(socket, greeting);
            throw new IOException("hangs up");
        }
        var before = sessions.get(client.clientId());
        var session = before == null ? new BrokerSession(this, client.clientId()) : before;
        if (client.properties().numberOr(PacketProperties.SESSION_EXPIRY, 0) > 0) {
            sessions.put(client.clientId(), session);
        }
        ClientPackets.say(socket, ClientPackets.connAck(before != null, 0, terms));
        session.taken(
                socket,
                (int) client.properties().numberOr(PacketProperties.RECEIVE_MAXIMUM, 0xFFFF));
        session.offer();
        return session;
    }

    private synchronized void said(PacketBuffer.Framed framed, BrokerSession session, Socket socket)
            throws IOException {
        switch (framed.first() >>> 4) {
            case Packet.SUBSCRIBE -> {
                var subscribe = ClientPackets.subscribe(framed);
                var reasons = subscribe.filters().stream().map(_ -> granted).toList();
                ClientPackets.say(socket, ClientPackets.subAck(subscribe.id(), reasons));
                session.subscribed(subscribe.filters());
            }
            case Packet.PINGREQ -> ClientPackets.say(socket, ClientPackets.pingResp());
            case Packet.DISCONNECT -> socket.close();
            default -> read(PacketReader.read(framed.first(), framed.body()), session, socket);
        }
    }

    private void read(Packet packet, BrokerSession session, Socket socket) throws IOException {
        switch (packet) {
            case Packet.PubAck(int id, int _) -> session.acknowledged(id);
            case Packet.Publish publish -> {
                shown.add(publish);
                taken.add(StrictJson.text(json(publish.payload()), "text"));
                if (!deaf) {
                    ClientPackets.say(socket, ClientPackets.pubAck(publish.id(), answer));
                }
            }
            default -> throw new IOException("not what clients say");
        }
    }

    private static JsonNode json(Bytes payload) {
        var read = StrictJson.read(payload);
        return read == null ? StrictJson.object() : read;
    }
}
