package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Devices that come and go. An address is reached through the device of its own name, unless the
/// test says otherwise.
final class TestWires implements Wires {

    private final OpenAccount account;
    private final Map<String, Wire> open = new ConcurrentHashMap<>();
    private final Map<String, String> through = new ConcurrentHashMap<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /// What becomes of each answer before it is given: the test may let it wait.
    volatile UnaryOperator<Way> answering = UnaryOperator.identity();

    TestWires(OpenAccount account) {
        this.account = account;
    }

    /// A device is there.
    ///
    /// @param atOnce how many messages it takes side by side
    Wire come(String device, int atOnce, Script script) {
        var wire =
                new Wire(
                        account,
                        new Sends() {
                            @Override
                            public SendResult send(OutboundMessage message)
                                    throws InterruptedException {
                                String text = message.content().fallback();
                                script.take(text);
                                sent.add(message.conversation().address() + " " + text);
                                return SendResult.accepted("x-" + message.key());
                            }

                            @Override
                            public int atOnce() {
                                return atOnce;
                            }
                        });
        open.put(device, wire);
        return wire;
    }

    Wire come(String device) {
        return come(device, 16, _ -> {});
    }

    /// What a device does with a text.
    @FunctionalInterface
    interface Script {
        void take(String text) throws InterruptedException;
    }

    void reach(String address, String device) {
        through.put(address, device);
    }

    /// Address and text of each, in the order in which they were taken.
    List<String> sent() {
        return List.copyOf(sent);
    }

    @Override
    public Way find(OpenAccount ignored, String address) {
        String device = through.getOrDefault(address, address);
        var wire = open.get(device);
        return answering.apply(
                wire != null && wire.open() ? new Way.Open(wire) : new Way.Closed(device));
    }

    @Override
    public void signal(
            OpenAccount ignored,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo) {}
}
