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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where media can be downloaded now. A WhatsApp medium's id leads to an address for five minutes;
/// the other platforms give addresses that are signed themselves. Nothing is fetched from elsewhere
/// than Meta.
final class MediaLocator {

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,200}");

    /// What an operator can put right: the token, its permissions, the number.
    private static final Set<Long> REFUSALS = Set.of(0L, 3L, 10L, 33L, 190L, 131005L);

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration AFTER_AN_OPERATOR = Duration.ofMinutes(30);

    private final GraphApi api;
    private final MetaLines lines;
    private final MediaHosts hosts;
    private final Secret accounts;

    /// @param accounts the token of lines that have none of their own
    MediaLocator(GraphApi api, MetaLines lines, MediaHosts hosts, Secret accounts) {
        this.api = api;
        this.lines = lines;
        this.hosts = hosts;
        this.accounts = accounts;
    }

    Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        return MediaFetch.isWhatsApp(fetch)
                ? byId(MediaFetch.id(fetch), token(MediaFetch.line(fetch)))
                : at(fetch);
    }

    private Secret token(String line) {
        var known = lines.find(line);
        return known == null ? accounts : known.token();
    }

    private Location byId(String id, Secret token)
            throws Trouble, IOException, InterruptedException {
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
        return ledTo(url, token);
    }

    private static Trouble trouble(Http.Answer answer) {
        int status = answer.status();
        if (status == 429 || status >= 500) {
            return Trouble.retry(SOON, "media", "Meta is busy or in trouble");
        }
        var error = read(answer).at("error");
        return status == 401 || isUnseen(error.whole("code"), error.whole("error_subcode"))
                ? Trouble.retry(AFTER_AN_OPERATOR, "token", "Meta does not show it to this token")
                : Trouble.last("media", "the medium is no longer at Meta");
    }

    /// Whether another token, or the same with more rights, may see it: 100/33 says both of what is
    /// gone and of what may not be seen.
    private static boolean isUnseen(@Nullable Long code, @Nullable Long subcode) {
        if (code == null) {
            return false;
        }
        return REFUSALS.contains(code)
                || (code >= 200 && code < 300)
                || (code == 100 && subcode != null && subcode == 33);
    }

    private static Node read(Http.Answer answer) {
        try {
            return JsonSource.read(answer.body());
        } catch (Malformed noJson) {
            return Node.NOTHING;
        }
    }

    /// An attachment's own address. It never gets a token.
    private static Location at(String url) throws Trouble {
        URI uri = MediaHosts.parse(url);
        if (uri == null || !MediaHosts.delivers(url)) {
            throw elsewhere();
        }
        return Location.of(uri);
    }

    /// The address that the API gave for an id.
    private Location ledTo(String url, Secret token) throws Trouble {
        URI uri = MediaHosts.parse(url);
        if (uri == null || !hosts.isMeta(uri)) {
            throw elsewhere();
        }
        return hosts.takesToken(uri)
                ? new Location(uri, Map.of("Authorization", GraphApi.bearer(token)))
                : Location.of(uri);
    }

    private static Trouble elsewhere() {
        return Trouble.last("media-host", "the medium is not at one of Meta's addresses");
    }
}
