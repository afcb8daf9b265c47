package io.tributary.webchat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The sites that may embed the widget, by their origins (RFC 6454). `https://*.example.com` means
/// every name below `example.com`, and not that itself.
final class Sites {

    private static final String ANY = "*.";

    private final Set<String> exact = new HashSet<>();
    private final Set<String> below = new HashSet<>();

    Sites(List<String> origins) {
        for (var origin : origins) {
            if (origin.contains("://" + ANY)) {
                below.add(origin.replace("://" + ANY, "://.").toLowerCase(Locale.ROOT));
            } else {
                exact.add(origin.toLowerCase(Locale.ROOT));
            }
        }
    }

    /// Whether it is an origin or a pattern of origins: scheme, host and perhaps a port.
    static boolean isOrigin(String text) {
        try {
            var uri = new URI(text.replace("://" + ANY, "://"));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException broken) {
            return false;
        }
    }

    /// Browsers write origins in lower case and without a default port.
    boolean contain(String origin) {
        return exact.contains(origin) || (isOrigin(origin) && isBelow(origin));
    }

    /// Looks at every name above the origin's own, so that nothing depends on how many sites there
    /// are.
    private boolean isBelow(String origin) {
        int host = origin.indexOf("://") + 3;
        for (int dot = origin.indexOf('.', host); dot >= 0; dot = origin.indexOf('.', dot + 1)) {
            if (dot > host && below.contains(origin.substring(0, host) + origin.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    /// Our end of a chat: the site's host, and its port where that is not the usual one.
    static String line(String origin) {
        return origin.substring(origin.indexOf("://") + 3);
    }
}
