package io.tributary.social.meta;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.Secret;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.Settings;
import io.tributary.spi.Trouble;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Meta app with its numbers, pages and Instagram accounts.
final class MetaAccount
        implements Account, ReceivesWebhooks, Sends, SendsSignals, FetchesMedia, ChecksHealth {

    private final MetaLines lines;
    private final WebhookReader webhooks;
    private final Translation translation;
    private final Outgoing outgoing;
    private final Signalling signalling;
    private final MediaLocator media;
    private final MetaHealth health;

    MetaAccount(AccountContext context) {
        var settings = context.settings();
        var api = new GraphApi(context.http());
        lines = new MetaLines(settings);
        var hosts = new MediaHosts(settings.uri("apiBase", MetaLines.GRAPH));
        var owners = new ThreadOwners(settings.has("appId") ? settings.text("appId") : null);
        translation = new Translation(owners);
        outgoing = new Outgoing(context, lines, api);
        signalling = new Signalling(lines, api);
        media = new MediaLocator(api, lines, hosts, settings.secret("accessToken"));
        health = new MetaHealth(api);
        webhooks =
                new WebhookReader(
                        new Signature(appSecrets(settings)),
                        settings.secret("verifyToken"),
                        signalling::saw);
    }

    private static List<Secret> appSecrets(Settings settings) {
        var secrets = new ArrayList<Secret>();
        secrets.add(settings.secret("appSecret"));
        if (settings.has("instagramAppSecret")) {
            secrets.add(settings.secret("instagramAppSecret"));
        }
        return secrets;
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        var line = lines.of(conversation);
        return line == null ? Capabilities.NONE : Abilities.of(line, conversation);
    }

    @Override
    public List<Line> lines() {
        return lines.lines();
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        return webhooks.verify(request);
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return translation.of(arrival);
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        return outgoing.send(message);
    }

    @Override
    public void signal(Conversation conversation, Kind kind, @Nullable String upTo)
            throws Http.Failure, InterruptedException {
        signalling.signal(conversation, kind, upTo);
    }

    @Override
    public Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        return media.locate(fetch);
    }

    @Override
    public Health check() throws InterruptedException {
        return health.check(lines.all());
    }
}
