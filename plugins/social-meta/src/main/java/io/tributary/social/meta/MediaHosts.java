package io.tributary.social.meta;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where Meta keeps media. Nothing is fetched from elsewhere.
///
/// An attachment names its address itself, and whoever shares a link has a say in it: so it leads
/// to addresses that need no token, and never to the API.
final class MediaHosts {

    /// Addresses that are signed themselves.
    private static final List<String> DELIVERY =
            List.of(".fbcdn.net", ".cdninstagram.com", ".fbsbx.com", ".whatsapp.net");

    /// Where the token belongs, if the API itself leads there
    /// (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media).
    private static final List<String> WITH_TOKEN =
            List.of("lookaside.fbsbx.com", ".whatsapp.net", "graph.facebook.com");

    private static final int HTTPS = 443;

    private final URI api;

    /// @param api the configured Graph API
    MediaHosts(URI api) {
        this.api = api;
    }

    /// Whether an attachment may lead there.
    static boolean delivers(String url) {
        var uri = parse(url);
        return uri != null && isAt(uri, DELIVERY);
    }

    /// Whether the API may lead there.
    boolean isMeta(URI uri) {
        return takesToken(uri) || isAt(uri, DELIVERY);
    }

    /// Whether what the API leads to is downloaded with its token.
    boolean takesToken(URI uri) {
        return isApi(uri) || isAt(uri, WITH_TOKEN);
    }

    static @Nullable URI parse(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() == null || uri.getScheme() == null ? null : uri;
        } catch (URISyntaxException noAddress) {
            return null;
        }
    }

    private boolean isApi(URI uri) {
        return uri.getHost().equalsIgnoreCase(api.getHost())
                && uri.getPort() == api.getPort()
                && uri.getScheme().equalsIgnoreCase(api.getScheme());
    }

    private static boolean isAt(URI uri, List<String> hosts) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean secure =
                uri.getScheme().equalsIgnoreCase("https")
                        && (uri.getPort() == -1 || uri.getPort() == HTTPS);
        return secure
                && hosts.stream()
                        .anyMatch(known ->
                                known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }
}
