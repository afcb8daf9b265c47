package io.tributary.kiosk;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Kiosks in stores: devices that connect to us by WebSocket and speak in calls and results as
/// charging stations do in OCPP 1.6-J
/// (https://openchargealliance.org/protocols/open-charge-point-protocol/).
///
/// An account is one company's kiosks; its lines are the stores.
public final class KioskChannel implements Channel {

    static final String ID = "kiosk";

    /// A call waits for its device, and takes a place while it does: many slow devices must not
    /// hold up the others.
    private static final int CALLS_AT_ONCE = 1_024;

    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final int SHORTEST_KEY = 32;

    private final int callsAtOnce;
    private final Semaphore asking;

    /// Made by the host, once per loaded version.
    public KioskChannel() {
        this(CALLS_AT_ONCE);
    }

    /// Half of the calls may wait for devices: the frames that answer them need the others.
    KioskChannel(int callsAtOnce) {
        this.callsAtOnce = callsAtOnce;
        this.asking = new Semaphore(callsAtOnce / 2);
    }

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(KioskChannel.class, ID, "Kiosk").callsAtOnce(callsAtOnce);
    }

    @Override
    public Account open(AccountContext context) {
        return new KioskAccount(context, asking);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        checkTime(settings, "heartbeat", Duration.ofHours(1), problems);
        checkTime(settings, "idle", Duration.ofHours(1), problems);
        for (var key : CustomerTokens.KEYS) {
            if (settings.has(key) && settings.secret(key).reveal().length() < SHORTEST_KEY) {
                problems.add(new Problem(key, "must have 32 characters at least"));
            }
        }
        return problems;
    }

    private static void checkTime(
            Settings settings, String key, Duration longest, List<Problem> problems) {
        var wrong = new Problem(key, "must be a duration such as 60s, 5s to 1h");
        try {
            var time = settings.duration(key, SHORTEST);
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(longest) > 0) {
                problems.add(wrong);
            }
        } catch (Settings.Unusable unreadable) {
            problems.add(wrong);
        }
    }
}
