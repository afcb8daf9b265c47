package io.tributary.social.meta;

import io.tributary.spi.FetchesMedia.Location;
import io.tributary.spi.Http;
import io.tributary.spi.Malformed;
import io.tributary.spi.Secret;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// Where media can be downloaded now. A WhatsApp medium's id leads to an address for five minutes;
/// the other platforms give addresses that are signed themselves. Nothing is fetched from elsewhere
/// than Meta.
final class MediaLocator {

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,200}");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration AFTER_AN_OPERATOR = Duration.ofMinutes(30);

    private final GraphApi api;
    private final MetaLines lines;
    private final MediaHosts hosts;
    private final Secret token;

    MediaLocator(GraphApi api, MetaLines lines, MediaHosts hosts, Secret token) {
        this.api = api;
        this.lines = lines;
        this.hosts = hosts;
        this.token = token;
    }

    Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        return MediaFetch.isWhatsApp(fetch) ? byId(MediaFetch.id(fetch)) : at(fetch);
    }

    private Location byId(String id) throws Trouble, IOException, InterruptedException {
        if (!ID.matcher(id).matches()) {
            throw Trouble.last("media-id", "not the id of a WhatsApp medium");
        }
        var answer = api.get(lines.node(id), token);
        if (!answer.successful()) {
            throw trouble(answer);
        }
        var url = read(answer).text("url");
        if (url == null) {
            throw Trouble.retry(SOON, "media-url", "WhatsApp did not say where the medium is");
        }
        return at(url);
    }

    private static Trouble trouble(Http.Answer answer) {
        int status = answer.status();
        if (status == 429 || status >= 500) {
            return Trouble.retry(SOON, "media", "Meta is busy or in trouble");
        }
        var code = read(answer).at("error").whole("code");
        return status == 401 || (code != null && code == 190)
                ? Trouble.retry(AFTER_AN_OPERATOR, "190", "Meta refuses the access token")
                : Trouble.last("media", "the medium is no longer at Meta");
    }

    private static Node read(Http.Answer answer) {
        try {
            return JsonSource.read(answer.body());
        } catch (Malformed noJson) {
            return Node.NOTHING;
        }
    }

    private Location at(String url) throws Trouble {
        URI uri = MediaHosts.parse(url);
        if (uri == null || !hosts.isMeta(url)) {
            throw Trouble.last("media-host", "the medium is not at one of Meta's addresses");
        }
        return hosts.takesToken(uri)
                ? new Location(uri, Map.of("Authorization", GraphApi.bearer(token)))
                : Location.of(uri);
    }
}
