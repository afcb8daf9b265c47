package io.tributary.social.telegram;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Telegram over the Bot API (https://core.telegram.org/bots/api).
///
/// An account is one bot. Its updates are polled, or Telegram posts them: it does only one at a
/// time, so an account of one way has nothing of the other.
public final class TelegramChannel implements Channel {

    static final String ID = "social-telegram";

    static final URI TELEGRAM = URI.create("https://api.telegram.org");

    /// A question must be over before the host gives a request up.
    static final Duration LONGEST_POLL = Duration.ofSeconds(20);

    private static final String WEBHOOK = "webhook";

    /// Made by the host, once per loaded version.
    public TelegramChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(TelegramChannel.class, ID, "Telegram");
    }

    @Override
    public Account open(AccountContext context) {
        var bot = new Bot(context);
        return isPosted(context.settings())
                ? new WebhookAccount(bot, context)
                : new PollingAccount(bot, context);
    }

    private static boolean isPosted(Settings settings) {
        return settings.text("updates", "polling").equals(WEBHOOK);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        if (isPosted(settings) && !settings.has("webhookSecret")) {
            problems.add(
                    new Problem(
                            "webhookSecret",
                            "is needed where Telegram posts updates: who knows it may say"
                                    + " anything"));
        }
        checkApi(settings, problems);
        checkPoll(settings, problems);
        return problems;
    }

    /// The token goes there with every request.
    private static void checkApi(Settings settings, List<Problem> problems) {
        var api = settings.uri("apiBase", TELEGRAM);
        var host = api.getHost();
        if (host == null) {
            problems.add(new Problem("apiBase", "must name a host, such as " + TELEGRAM));
        } else if (!"https".equals(api.getScheme()) && !isLoopback(host)) {
            problems.add(new Problem("apiBase", "must begin with https:// except on this machine"));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static void checkPoll(Settings settings, List<Problem> problems) {
        try {
            var poll = settings.duration("pollTimeout", LONGEST_POLL);
            if (poll.toSeconds() < 1 || poll.compareTo(LONGEST_POLL) > 0) {
                problems.add(new Problem("pollTimeout", "must be 1s to 20s"));
            }
        } catch (Settings.Unusable unreadable) {
            problems.add(new Problem("pollTimeout", "must be a duration such as 20s, 1s to 20s"));
        }
    }
}
