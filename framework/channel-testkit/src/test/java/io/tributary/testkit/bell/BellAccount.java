package io.tributary.testkit.bell;

import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.List;

/// Lets bells in that know the key. Not final: tests sabotage one method at a time.
public class BellAccount implements Account, HostsDevices {

    private static final int LONGEST_NAME = 64;

    protected final AccountContext context;

    public BellAccount(AccountContext context) {
        this.context = context;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Capabilities.NONE.with("text", Capabilities.Support.full());
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        var event = arrival.event();
        var bell = event.note("bell");
        return List.of(
                Inbound.of(
                        "door",
                        Party.of(bell, Identity.byChannel("bell", bell)),
                        Content.text(event.body().utf8())));
    }

    @Override
    public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) throws Exception {
        if (!mayEnter(handshake)) {
            return DeviceVerdict.refused(401, "the key is not ours");
        }
        var name = handshake.query().getOrDefault("bell", "");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return DeviceVerdict.refused(400, "a bell has a name");
        }
        var session = session(link, name);
        var parked = handshake.parked();
        session.begin(parked == null ? "" : parked.utf8());
        return DeviceVerdict.accepted(name, session);
    }

    protected boolean mayEnter(DeviceHandshake handshake) {
        return context.settings().secret("key").matches(handshake.query().get("key"));
    }

    protected BellSession session(DeviceLink link, String name) {
        return new BellSession(context, link, name);
    }
}
