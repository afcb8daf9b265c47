package io.tributary.host.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes of one port that takes no tokens, or only open ones.
final class PortRoutes implements Routes {

    private final RouteTable table = new RouteTable();
    private final MeterRegistry registry;

    PortRoutes(MeterRegistry registry) {
        this.registry = registry;
    }

    RouteTable table() {
        return table;
    }

    void put(String method, String template, @Nullable Scope scope, Body body, Route.Work work) {
        table.add(
                new Route(
                        method,
                        template,
                        scope,
                        body,
                        work,
                        new RouteTimers(registry, method, template)));
    }

    @Override
    public Routes add(String method, String template, Scope scope, Body body, Endpoint endpoint) {
        throw new IllegalArgumentException(
                template + " needs a token, which is never valid on the pages' port");
    }

    @Override
    public Routes open(String method, String template, Body body, Endpoint endpoint) {
        put(method, template, null, body, new Route.Work.Whole(endpoint));
        return this;
    }

    @Override
    public Routes feed(String template, Scope scope, Feed feed) {
        throw new IllegalArgumentException(
                template + " needs a token, which is never valid on the pages' port");
    }

    @Override
    public Routes webhooks(Webhooks webhooks) {
        throw new IllegalArgumentException("webhooks are not taken on the pages' port");
    }

    @Override
    public Routes upload(String template, Admission admission, Endpoint endpoint) {
        put("PUT", template, null, Body.NONE, new Route.Work.Admitted(admission, endpoint));
        return this;
    }

    @Override
    public Routes devices(Devices devices) {
        throw new IllegalArgumentException("devices do not connect to the pages' port");
    }

    @Override
    public Routes site(String path, Path folder) {
        var site = new StaticSite(folder);
        open("GET", path + "/{rest*}", Body.NONE, site::answer);
        open(
                "GET",
                path,
                Body.NONE,
                _ -> new Answer.Whole(308, "", Bytes.EMPTY, Map.of("Location", path + "/")));
        return this;
    }

    @Override
    public Routes pages() {
        return this;
    }
}
