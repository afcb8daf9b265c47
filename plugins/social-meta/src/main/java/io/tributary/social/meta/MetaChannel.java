package io.tributary.social.meta;

import io.tributary.model.ChannelId;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// WhatsApp, Messenger and Instagram over Meta's Graph API
/// (https://developers.facebook.com/documentation/business-messaging).
///
/// An account is one Meta app with any of its numbers, pages and Instagram accounts: they share one
/// webhook and one secret.
public final class MetaChannel implements Channel {

    static final String ID = "social-meta";

    /// What the lines in each list are known by.
    private static final Map<String, String> IDS =
            Map.of("whatsapp", "phoneNumberId", "messenger", "pageId", "instagram", "accountId");

    /// Made by the host, once per loaded version.
    public MetaChannel() {}

    @Override
    public ChannelDescriptor descriptor() {
        return ChannelDescriptor.of(MetaChannel.class, ID, "WhatsApp, Messenger, Instagram")
                .speaks(
                        ChannelId.of(ID),
                        Platform.WHATSAPP.channel(),
                        Platform.MESSENGER.channel(),
                        Platform.INSTAGRAM.channel());
    }

    @Override
    public Account open(AccountContext context) {
        return new MetaAccount(context);
    }

    @Override
    public List<Problem> check(Settings settings) {
        var problems = new ArrayList<Problem>();
        checkApi(settings, "apiBase", MetaLines.GRAPH, problems);
        checkApi(settings, "instagramApiBase", MetaLines.INSTAGRAM_GRAPH, problems);
        if (problems.isEmpty()) {
            checkLines(settings, problems);
        }
        return problems;
    }

    /// Tokens go there with every request.
    private static void checkApi(Settings settings, String key, URI usual, List<Problem> problems) {
        var api = settings.uri(key, usual);
        var host = api.getHost();
        if (host == null) {
            problems.add(new Problem(key, "must name a host, such as " + usual));
        } else if (!"https".equals(api.getScheme()) && !isLoopback(host)) {
            problems.add(new Problem(key, "must begin with https:// except on this machine"));
        }
    }

    private static void checkLines(Settings settings, List<Problem> problems) {
        var ids = new HashSet<String>();
        IDS.forEach((list, key) -> {
            for (var section : settings.sections(list)) {
                if (!ids.add(section.text(key))) {
                    problems.add(new Problem(list, "the same id stands there twice"));
                }
            }
        });
        if (ids.isEmpty()) {
            problems.add(
                    new Problem("whatsapp", "name at least one number, page or Instagram account"));
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }
}
