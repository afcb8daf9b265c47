package io.tributary.kiosk;

import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Health;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.NotStored;
import io.tributary.spi.OffersActions;
import io.tributary.spi.ServesPages;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One company's kiosks.
final class KioskAccount
        implements Account, HostsDevices, ServesPages, OffersActions, ChecksHealth {

    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private final AccountContext context;
    private final AtomicBoolean visited = new AtomicBoolean();
    private final Devices devices;
    private final Entrance entrance;
    private final LiveSessions live = new LiveSessions();
    private final Actions actions;
    private final Pages pages;
    private final Means means;

    /// @param asking places of calls that wait for devices, those of all accounts
    KioskAccount(AccountContext context, Semaphore asking) {
        this.context = context;
        var settings = context.settings();
        var clock = context.clock();
        var welcome = Welcome.of(context);
        this.devices = new Devices(context.state());
        this.entrance = new Entrance(devices, new FleetTokens(settings), clock);
        this.actions = new Actions(devices, live, welcome.pages(), clock);
        this.pages = new Pages(welcome);
        var checkIns = new CheckIns(new CustomerTokens(context.account().value(), settings));
        this.means =
                new Means(
                        devices,
                        new Outgoing(context.media()),
                        welcome,
                        clock,
                        live,
                        checkIns,
                        asking);
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return Outgoing.capabilities();
    }

    @Override
    public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link)
            throws NotStored, IOException {
        boolean speaks = handshake.subprotocols().contains(Entrance.PROTOCOL);
        if (!speaks) {
            return DeviceVerdict.refused(BAD_REQUEST, "it does not speak " + Entrance.PROTOCOL);
        }
        var guest = entrance.of(handshake);
        if (guest == null && entrance.isFormer(handshake)) {
            return Farewell.to(handshake.path(), link);
        }
        if (guest == null) {
            return DeviceVerdict.refused(UNAUTHORIZED, "neither token nor code are ours");
        }
        var device = guest.registration().place().device();
        var session = new KioskSession(means, link, guest.registration());
        var token = guest.token();
        if (token != null) {
            session.provision(token);
        }
        live.came(device, session);
        if (!visited.getAndSet(true)) {
            context.report(Health.up());
        }
        return DeviceVerdict.accepted(device, session).subprotocol(Entrance.PROTOCOL);
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return Translation.of(arrival);
    }

    @Override
    public @Nullable Page page(String path, Map<String, String> query) throws IOException {
        return pages.page(path);
    }

    @Override
    public List<Action> actions() {
        return Actions.all();
    }

    @Override
    public Json perform(String action, Json input) throws Trouble {
        return actions.perform(action, input);
    }

    /// There is no provider to ask: what can be wrong is that nobody has let a device in yet.
    @Override
    public Health check() {
        long known = devices.all().stream().filter(each -> !each.revoked()).count();
        int here = live.size();
        if (known == 0 && here == 0) {
            return Health.degraded("no device has come in yet")
                    .action("make a code for one (action " + Actions.MAKE_CODE + ")");
        }
        return new Health(
                Health.State.UP,
                known + " devices are known, " + here + " are connected to this member",
                null);
    }
}
