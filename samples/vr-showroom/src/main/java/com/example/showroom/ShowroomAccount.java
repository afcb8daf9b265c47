package com.example.showroom;

import io.tributary.model.Content.Receipt;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Door;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OffersActions;
import io.tributary.spi.ServesPages;
import io.tributary.spi.Trouble;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One showroom: lets its headsets in, says what their visitors did, and serves a page that plays a
/// headset.
final class ShowroomAccount implements Account, HostsDevices, OffersActions, ServesPages {

    /// What headsets speak. It is offered as a subprotocol, and the pass beside it: browsers cannot
    /// set headers of a WebSocket, and addresses end in logs.
    static final String PROTOCOL = "vr-showroom.v1";

    private static final int LONGEST_TEXT = 500;
    private static final Pattern VISIT = Pattern.compile("[a-z0-9]{8,32}");
    private static final String PAIR = "pair-headset";
    private static final String PAIR_INPUT =
            """
            {"type": "object", "additionalProperties": false, "required": ["headset"],
             "properties": {"headset": {"type": "string", "title": "Headset", "pattern": "%s"}}}
            """
                    .formatted("^" + Passes.NAME + "$");

    private final AccountContext context;
    private final Passes passes;
    private final HeadsetPages pages;

    ShowroomAccount(AccountContext context) {
        this.context = context;
        this.passes = new Passes(context.settings().secret("key"));
        this.pages = new HeadsetPages(context);
    }

    /// A headset shows texts on a panel, and says when they are there and when they were looked at.
    /// Nobody can be written to before they put one on.
    @Override
    public Capabilities capabilities(Conversation conversation) {
        var text =
                Capabilities.Support.of(Capabilities.Level.PARTIAL)
                        .length(LONGEST_TEXT, Capabilities.Unit.CODE_POINTS);
        return Capabilities.NONE
                .with("text", text)
                .receipts(Receipt.Status.DELIVERED, Receipt.Status.READ);
    }

    @Override
    public List<Line> lines() {
        var showroom = context.settings().text("showroom");
        return List.of(Line.of(showroom, showroom));
    }

    @Override
    public DeviceVerdict connect(DeviceHandshake handshake, DeviceLink link) {
        if (!handshake.subprotocols().contains(PROTOCOL)) {
            return DeviceVerdict.refused(400, "it does not speak " + PROTOCOL);
        }
        var headset = passes.headset(handshake.subprotocols());
        if (headset == null) {
            return DeviceVerdict.refused(401, "its pass is not ours");
        }
        var visit = handshake.query().getOrDefault("visit", "");
        if (!VISIT.matcher(visit).matches()) {
            return DeviceVerdict.refused(400, "it does not say which visit this is");
        }
        var session = new HeadsetSession(context, link, passes, headset + "/" + visit);
        return DeviceVerdict.accepted(headset, session).subprotocol(PROTOCOL);
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return Happenings.of(arrival.event());
    }

    @Override
    public List<Action> actions() {
        return List.of(new Action(PAIR, "Pair a headset", Json.of(PAIR_INPUT)));
    }

    /// The same headset has the same pass each time, so nothing is kept of it.
    @Override
    public Json perform(String action, Json input) throws Trouble {
        if (!action.equals(PAIR)) {
            throw Trouble.last("action", "there is no such action");
        }
        var headset = FlatObject.read(input.text()).need("headset", 32);
        if (!headset.matches(Passes.NAME)) {
            throw Trouble.last("headset", "a headset has a name of lower-case letters and digits");
        }
        var pass = passes.of(headset);
        var page = context.url(Door.PAGES, HeadsetPages.FIRST) + "#" + pass;
        return FlatObject.written("pass", pass, "page", page);
    }

    @Override
    public @Nullable Page page(String path, Map<String, String> query) {
        return pages.page(path);
    }
}
