package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import io.tributary.spi.Door;
import java.net.URI;
import java.net.URISyntaxException;

/// How accounts' doors are reached from outside.
///
/// @param http the origin of webhooks and devices, such as `https://hooks.example.com`
/// @param pages the origin of plugins' pages; another one
public record PublicUrls(URI http, URI pages) {

    public PublicUrls {
        refuseUnusable(http);
        refuseUnusable(pages);
    }

    /// The public address of a door.
    ///
    /// @param path what follows the door, such as `status`; empty for the door itself
    /// @throws IllegalArgumentException the path begins with a slash, or climbs, or has a query
    public URI of(AccountId account, Door door, String path) {
        refuseStrange(path);
        return switch (door) {
            case WEBHOOK -> join(http, account, "webhook", path);
            case CONNECT -> webSocket(join(http, account, "connect", path));
            case PAGES -> join(pages, account, "pages", path);
        };
    }

    private static URI join(URI origin, AccountId account, String door, String path) {
        var base = origin.toString();
        var text = new StringBuilder(base.endsWith("/") ? base : base + "/");
        text.append("channels/").append(account.value()).append('/').append(door);
        if (!path.isEmpty()) {
            text.append('/').append(encoded(path));
        }
        return URI.create(text.toString());
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException strange) {
            throw new IllegalArgumentException("not a path below a door", strange);
        }
    }

    /// `http` becomes `ws`, `https` becomes `wss`.
    private static URI webSocket(URI address) {
        return URI.create("ws" + address.toString().substring("http".length()));
    }

    private static void refuseStrange(String path) {
        if (path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException(
                    "a path below a door begins with no slash and has no query");
        }
        for (var segment : path.split("/", -1)) {
            if (segment.equals("..") || segment.equals(".")) {
                throw new IllegalArgumentException("a path below a door does not climb");
            }
        }
    }

    private static void refuseUnusable(URI origin) {
        var scheme = origin.getScheme();
        if (origin.getHost() == null
                || (!"http".equals(scheme) && !"https".equals(scheme))
                || origin.getRawQuery() != null
                || origin.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a public address is http or https and a host, not " + origin);
        }
    }
}
