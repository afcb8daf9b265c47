package io.tributary.host;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.connections.Connections;
import io.tributary.host.devices.DeviceSockets;
import io.tributary.host.outbound.Wires;
import io.tributary.spi.Conversation;
import io.tributary.spi.SendsSignals;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who sends for an account that does not send itself: its connections, or else its devices.
final class AccountWires implements Wires {

    private static final Logger LOG = LoggerFactory.getLogger(AccountWires.class);

    private final Connections connections;
    private final DeviceSockets devices;
    private final SignalsElsewhere elsewhere;

    AccountWires(Connections connections, DeviceSockets devices, SignalsElsewhere elsewhere) {
        this.connections = connections;
        this.devices = devices;
        this.elsewhere = elsewhere;
    }

    @Override
    public Way find(OpenAccount account, String address) {
        Optional<Wire> connection = connections.wire(account.id(), address);
        if (connection.isPresent()) {
            return new Way.Open(connection.get());
        }
        var device = devices.way(account.id(), address);
        var wire = device.wire();
        return wire == null ? new Way.Closed(device.device()) : new Way.Open(wire);
    }

    @Override
    public void signal(
            OpenAccount account,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo) {
        if (!here(account, conversation, kind, upTo)) {
            elsewhere.pass(conversation, kind, upTo);
        }
    }

    /// Shows a signal where this member itself can. Blocking reads.
    ///
    /// @return false: the customer is not connected here
    boolean here(
            OpenAccount account,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo) {
        var connection = connections.signals(account.id(), conversation.address());
        if (connection.isEmpty()) {
            return devices.signal(account.id(), conversation, kind, upTo);
        }
        account.calls()
                .start(
                        account.id(),
                        "signal",
                        () -> pass(account, connection.get(), conversation, kind, upTo));
        return true;
    }

    private static void pass(
            OpenAccount account,
            SendsSignals shows,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo) {
        try {
            var _ =
                    account.calls()
                            .call(
                                    Calls.Kind.SIGNAL,
                                    account.id(),
                                    () -> {
                                        shows.signal(conversation, kind, upTo);
                                        return true;
                                    });
        } catch (PluginFailure failure) {
            LOG.debug("account={} a signal was lost ({})", account.id(), failure.why());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
