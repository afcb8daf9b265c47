package io.tributary.wearables.mqtt;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Wearables over MQTT 5 (https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html), and Open
/// mHealth data points by HTTP.
public final class WearablesChannel implements Channel {

    static final String ID = "wearables-mqtt";

    private static final String SECRET = "webhookSecret";

    /// Addresses only: a name may begin so, too.
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    /// Made by the host, once per loaded version.
    public WearablesChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(WearablesChannel.class, ID, "Wearables");
    }

    /// Only an account with a secret has a door.
    @Override
    public Account open(AccountContext context) {
        var settings = context.settings();
        return settings.has(SECRET)
                ? new PostedAccount(context, settings.secret(SECRET).reveal())
                : new WearablesAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        checkBroker(settings, problems);
        checkDuration(settings, "keepAlive", Duration.ofSeconds(5), Duration.ofHours(1), problems);
        checkDuration(
                settings, "sessionExpiry", Duration.ofMinutes(1), Duration.ofDays(365), problems);
        checkAverages(settings, problems);
        if (settings.has("authorities")) {
            checkAuthorities(settings, problems);
        }
        if (settings.has(SECRET)) {
            checkSecret(settings, problems);
        }
        return problems;
    }

    private static void checkBroker(Settings settings, List<Problem> problems) {
        var broker = settings.uri("broker");
        var host = broker.getHost();
        if (host == null || host.isEmpty()) {
            problems.add(new Problem("broker", "must name a host, such as mqtts://broker.example"));
        } else if (settings.has("password") && !Broker.isSecure(broker) && !isLoopback(host)) {
            problems.add(
                    new Problem(
                            "broker",
                            "must begin with mqtts:// where there is a password, except on this"
                                    + " machine"));
        }
        if (settings.has("password") && !settings.has("user")) {
            problems.add(new Problem("user", "is needed where there is a password"));
        }
    }

    private static void checkAuthorities(Settings settings, List<Problem> problems) {
        try {
            Authorities.store(settings.text("authorities"));
        } catch (GeneralSecurityException | IOException unusable) {
            problems.add(new Problem("authorities", "must be certificates in PEM"));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || LOOPBACK.matcher(host).matches();
    }

    private static void checkAverages(Settings settings, List<Problem> problems) {
        var codes = new HashSet<String>();
        for (var each : settings.sections("averages")) {
            checkDuration(each, "window", SHORTEST_WINDOW, LONGEST_WINDOW, problems);
            if (!codes.add(each.text("code"))) {
                problems.add(new Problem("averages", "names a code twice"));
            }
        }
    }

    private static void checkSecret(Settings settings, List<Problem> problems) {
        try {
            var _ = new Signature(settings.secret(SECRET).reveal());
        } catch (IllegalArgumentException unusable) {
            problems.add(new Problem(SECRET, "must be whsec_ and a key in Base64"));
        }
    }

    private static void checkDuration(
            Settings settings, String key, Duration least, Duration most, List<Problem> problems) {
        if (!settings.has(key)) {
            return;
        }
        try {
            var set = settings.duration(key);
            if (set.compareTo(least) >= 0 && set.compareTo(most) <= 0) {
                return;
            }
        } catch (Settings.Unusable unreadable) {
            // said below
        }
        problems.add(
                new Problem(
                        key,
                        "must be a duration of "
                                + least.toSeconds()
                                + "s to "
                                + most.toSeconds()
                                + "s, such as 30s"));
    }
}
