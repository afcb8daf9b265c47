package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.calls.CallFigures;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plugins that are loaded, and jars that were refused.
final class PluginResources {

    private final Plugins plugins;

    PluginResources(Plugins plugins) {
        this.plugins = plugins;
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/plugins", Scope.ADMIN_READ, 0, this::list);
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        plugins.loaded().forEach(each -> items.add(view(each)));
        ArrayNode refused = body.putArray("refused");
        plugins.refusals()
                .forEach(each ->
                        refused.addObject().put("file", each.file()).put("reason", each.reason()));
        return Answer.json(200, RequestJson.JSON.writeValueAsBytes(body));
    }

    private static ObjectNode view(LoadedPlugin plugin) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", plugin.version().id()).put("version", plugin.version().version());
        view.put("file", plugin.jar().origin())
                .put("sha256", plugin.jar().sha256())
                .put("signer", plugin.jar().voucher().toString());
        ArrayNode channels = view.putArray("channels");
        ObjectNode calls = RequestJson.JSON.createObjectNode();
        for (LoadedChannel channel : plugin.channels()) {
            channels.add(channel.descriptor().id().value());
            calls.set(channel.descriptor().id().value(), figures(channel.calls().figures()));
        }
        view.set("calls", calls);
        return view;
    }

    private static ObjectNode figures(CallFigures figures) {
        return RequestJson.JSON.valueToTree(figures);
    }
}
