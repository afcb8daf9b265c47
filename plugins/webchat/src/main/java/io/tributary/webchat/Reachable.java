package io.tributary.webchat;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import java.util.List;

/// Looks whether the widget is where sites are told that it is. There is no provider that could be
/// down; what goes wrong is an address that is not ours, or one that browsers refuse.
final class Reachable {

    private final AccountContext context;
    private final List<String> origins;

    Reachable(AccountContext context, List<String> origins) {
        this.context = context;
        this.origins = origins;
    }

    Health check() throws InterruptedException {
        if (isMixed()) {
            return Health.degraded("browsers open no ws:// socket from a page of https://")
                    .action("set http.public-url and http.pages-url to https:// addresses");
        }
        try {
            var answer = context.http().send(Http.Call.get(context.url(Door.PAGES, Widget.SCRIPT)));
            return answer.status() == 200
                    ? Health.up()
                    : Health.degraded("at its public address the widget answers " + answer.status())
                            .action("compare http.pages-url with what the proxy serves");
        } catch (Http.Failure failure) {
            return Health.degraded("the widget cannot be reached at its public address from here")
                    .action("check http.pages-url, the proxy and egress.allow");
        }
    }

    /// Pages on this machine may do what others may not.
    private boolean isMixed() {
        var socket = context.url(Door.CONNECT, "");
        boolean here = "localhost".equals(socket.getHost()) || "127.0.0.1".equals(socket.getHost());
        return "ws".equals(socket.getScheme())
                && !here
                && origins.stream().anyMatch(origin -> origin.startsWith("https:"));
    }
}
