package io.tributary.voice.twilio;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import io.tributary.twilio.AccountCheck;
import java.util.ArrayList;
import java.util.List;

/// Calls over Twilio (https://www.twilio.com/docs/voice).
///
/// An account is one Twilio account or subaccount with any of its numbers.
public final class VoiceChannel implements Channel {

    static final String ID = "voice-twilio";

    /// Made by the host, once per loaded version.
    public VoiceChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(VoiceChannel.class, ID, "Voice (Twilio)");
    }

    @Override
    public Account open(AccountContext context) {
        return new VoiceAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        AccountCheck.apiBase(settings, problems);
        Routing.check(settings.section("routing"), problems);
        return problems;
    }
}
