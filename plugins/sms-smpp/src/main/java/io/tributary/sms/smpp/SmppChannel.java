package io.tributary.sms.smpp;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// SMS over SMPP 3.4, the protocol of carriers and aggregators ("Short Message Peer to Peer
/// Protocol Specification v3.4", Issue 1.2).
public final class SmppChannel implements Channel {

    static final String ID = "sms-smpp";

    /// Twice the widest window: while a slow SMSC has all places of one taken, what comes is
    /// translated all the same, and other accounts send.
    static final int CALLS_AT_ONCE = 2_000;

    /// A send has 30 s, in which the SMSC must have answered.
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(25);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    /// Made by the host, once per loaded version.
    public SmppChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(SmppChannel.class, ID, "SMS over SMPP")
                .callsAtOnce(CALLS_AT_ONCE);
    }

    @Override
    public Account open(AccountContext context) {
        return new SmppAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        checkUrl(settings, problems);
        checkDuration("answerWithin", LONGEST_ANSWER, settings, problems);
        checkDuration("enquireLink", LONGEST_SILENCE, settings, problems);
        checkDuration("segmentPatience", DAY, settings, problems);
        checkDuration("validity", LONGEST_VALIDITY, settings, problems);
        return problems;
    }

    private static void checkUrl(Settings settings, List<Problem> problems) {
        var url = settings.uri("url");
        if (url.getHost() == null || url.getPort() < 1 || url.getPort() > 65_535) {
            problems.add(
                    new Problem("url", "must name a host and a port, such as smpp://host:2775"));
        }
        if (!settings.has("certificateAuthority")) {
            return;
        }
        if (!Wire.ENCRYPTED.equals(url.getScheme())) {
            problems.add(
                    new Problem("certificateAuthority", "needs a url that begins with smpps:"));
        }
        try {
            Trust.of(settings.text("certificateAuthority"));
        } catch (GeneralSecurityException unreadable) {
            problems.add(new Problem("certificateAuthority", "must hold certificates in PEM"));
        }
    }

    private static void checkDuration(
            String key, Duration most, Settings settings, List<Problem> problems) {
        if (!settings.has(key)) {
            return;
        }
        try {
            var given = settings.duration(key);
            if (given.compareTo(SECOND) < 0 || given.compareTo(most) > 0) {
                problems.add(new Problem(key, "must be 1s to " + most.toSeconds() + "s"));
            }
        } catch (Settings.Unusable unreadable) {
            problems.add(new Problem(key, "must be a duration such as 10s"));
        }
    }
}
