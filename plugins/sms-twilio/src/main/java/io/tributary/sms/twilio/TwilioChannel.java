package io.tributary.sms.twilio;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import io.tributary.twilio.AccountCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// SMS and MMS over Twilio (https://www.twilio.com/docs/messaging).
///
/// An account is one Twilio account or subaccount with any of its numbers.
public final class TwilioChannel implements Channel {

    static final String ID = "sms-twilio";

    /// Twilio keeps a message in its queue for at most ten hours.
    static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    /// Made by the host, once per loaded version.
    public TwilioChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(TwilioChannel.class, ID, "SMS (Twilio)");
    }

    @Override
    public Account open(AccountContext context) {
        return new TwilioAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        if (settings.has("from") == settings.has("messagingServiceSid")) {
            problems.add(
                    new Problem(
                            "from", "set either from or messagingServiceSid: who sends messages"));
        }
        AccountCheck.apiBase(settings, problems);
        checkValidity(settings, problems);
        return problems;
    }

    private static void checkValidity(Settings settings, List<Problem> problems) {
        try {
            var validity = settings.duration("validity", LONGEST_VALIDITY);
            if (validity.toSeconds() < 1 || validity.compareTo(LONGEST_VALIDITY) > 0) {
                problems.add(new Problem("validity", "must be 1s to 10h"));
            }
        } catch (Settings.Unusable unreadable) {
            problems.add(new Problem("validity", "must be a duration such as 4h, 1s to 10h"));
        }
    }
}
