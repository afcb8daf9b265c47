package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Body;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.rollouts.RolloutRefused;
import io.tributary.host.rollouts.Rollouts;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plugins, for operators: what serves, and how another version comes to.
final class PluginResources {

    private static final long SMALL = 16 * 1024;

    private final Plugins plugins;
    private final Rollouts rollouts;
    private final PluginViews views;
    private final RolloutView members;

    PluginResources(Plugins plugins, Rollouts rollouts, PluginViews views) {
        this.plugins = plugins;
        this.rollouts = rollouts;
        this.views = views;
        this.members = new RolloutView(plugins, rollouts);
    }

    void add(Routes routes) {
        routes.add("GET", "/admin/v1/plugins", Scope.ADMIN_READ, 0, this::list);
        routes.add(
                "POST",
                "/admin/v1/plugins",
                Scope.ADMIN_WRITE,
                Body.of(JarFiles.MOST_BYTES, "application/java-archive"),
                Refusals.told(this::install));
        routes.add("GET", "/admin/v1/plugins/{id}", Scope.ADMIN_READ, 0, this::one);
        routes.add("GET", "/admin/v1/plugins/{id}/rollout", Scope.ADMIN_READ, 0, this::progress);
        routes.add(
                "DELETE",
                "/admin/v1/plugins/{id}",
                Scope.ADMIN_WRITE,
                0,
                Refusals.told(this::remove));
        routes.add(
                "POST",
                "/admin/v1/plugins/{id}/rollback",
                Scope.ADMIN_WRITE,
                SMALL,
                Refusals.told(this::rollback));
    }

    private Answer list(Request request) {
        Query.of(request);
        ObjectNode body = RequestJson.JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        plugins.loaded().forEach(each -> items.add(views.plugin(each, request.principal())));
        ArrayNode refused = body.putArray("refused");
        plugins.refusals()
                .forEach(each ->
                        refused.addObject().put("file", each.file()).put("reason", each.reason()));
        return json(200, body);
    }

    private Answer one(Request request) {
        Query.of(request);
        String id = request.need("id");
        LoadedPlugin plugin =
                plugins.find(id)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemType.NOT_FOUND,
                                        "There is no plugin " + id + " here."));
        ObjectNode view = views.plugin(plugin, request.principal());
        members.add(view.putArray("members"), id);
        ArrayNode history = view.putArray("history");
        rollouts.history(plugin.version().id())
                .forEach(each -> history.add(PluginViews.ended(each)));
        return json(200, view);
    }

    private Answer progress(Request request) {
        Query.of(request);
        String id = request.need("id");
        return json(
                200,
                members.of(id, request.principal())
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemType.NOT_FOUND,
                                        "There is no plugin " + id + " here.")));
    }

    private Answer install(Request request) throws InterruptedException {
        OperatorResources.needAll(request);
        Query query = Query.of(request, "name", "downgrade");
        String name = query.text("name");
        try {
            return json(
                    200,
                    PluginViews.rollout(
                            rollouts.install(
                                    request.body(),
                                    name == null ? "upload" : name,
                                    request.principal().id(),
                                    Boolean.TRUE.equals(query.flag("downgrade"))),
                            request.principal()));
        } catch (RolloutRefused refused) {
            throw problem(refused);
        }
    }

    private Answer rollback(Request request) throws InterruptedException {
        OperatorResources.needAll(request);
        Query.of(request);
        RequestJson.of(request).finish();
        try {
            return json(
                    200,
                    PluginViews.rollout(
                            rollouts.rollback(request.need("id"), request.principal().id()),
                            request.principal()));
        } catch (RolloutRefused refused) {
            throw problem(refused);
        }
    }

    private Answer remove(Request request) throws InterruptedException {
        OperatorResources.needAll(request);
        Query.of(request);
        try {
            rollouts.remove(request.need("id"), request.principal().id());
            return Answer.nothing();
        } catch (RolloutRefused refused) {
            throw problem(refused);
        }
    }

    private static Problem problem(RolloutRefused refused) {
        String why = String.valueOf(refused.getMessage());
        return new Problem(
                switch (refused.why()) {
                    case UNKNOWN -> ProblemType.NOT_FOUND;
                    case CONFLICT, WATCHED -> ProblemType.CONFLICT;
                    case UNFIT -> ProblemType.INVALID;
                },
                why);
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.json(status, RequestJson.JSON.writeValueAsBytes(body));
    }
}
