package io.tributary.webchat;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.util.ArrayList;
import java.util.List;

/// Live chat on web sites. An account is one widget, on any number of sites.
public final class WebChatChannel implements Channel {

    static final String ID = "webchat";

    /// A message that is sent waits for the browser to say that it has it.
    private static final int CALLS_AT_ONCE = 256;

    /// As RFC 7518, section 3.2, asks of a key of HS256.
    private static final int SHORTEST_KEY = 32;

    /// Made by the host, once per loaded version.
    public WebChatChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(WebChatChannel.class, ID, "Web chat")
                .callsAtOnce(CALLS_AT_ONCE);
    }

    @Override
    public Account open(AccountContext context) {
        return new WebChatAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        for (var origin : settings.texts("origins")) {
            if (!Sites.isOrigin(origin)) {
                problems.add(
                        new Problem(
                                "origins",
                                "must be origins such as https://www.example.com or"
                                        + " https://*.example.com"));
            }
        }
        for (var key : List.of("identityKey", "formerIdentityKey")) {
            if (settings.has(key) && settings.secret(key).reveal().length() < SHORTEST_KEY) {
                problems.add(new Problem(key, "must have 32 characters at least"));
            }
        }
        return problems;
    }
}
