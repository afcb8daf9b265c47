package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.ScoreCard;
import io.tributary.host.calls.CallFigures;
import io.tributary.host.guard.Conduct;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Body;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.rollouts.Rollout;
import io.tributary.host.rollouts.RolloutRefused;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.model.PluginVersion;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plugins, for operators: what serves, and how another version comes to.
final class PluginResources {

    private static final long SMALL = 16 * 1024;

    private final Plugins plugins;
    private final Rollouts rollouts;
    private final LoaderWatch loaders;

    PluginResources(Plugins plugins, Rollouts rollouts, LoaderWatch loaders) {
        this.plugins = plugins;
        this.rollouts = rollouts;
        this.loaders = loaders;
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
        plugins.loaded().forEach(each -> items.add(view(each)));
        ArrayNode refused = body.putArray("refused");
        plugins.refusals()
                .forEach(each ->
                        refused.addObject().put("file", each.file()).put("reason", each.reason()));
        return json(200, body);
    }

    private Answer one(Request request) {
        Query.of(request);
        LoadedPlugin plugin =
                plugins.find(request.need("id")).orElseThrow(() -> Ids.notFound("plugin"));
        ObjectNode view = view(plugin);
        ArrayNode history = view.putArray("history");
        rollouts.history(plugin.version().id()).forEach(each -> history.add(ended(each)));
        return json(200, view);
    }

    private Answer install(Request request) throws InterruptedException {
        OperatorResources.needAll(request);
        Query query = Query.of(request, "name", "downgrade");
        String name = query.text("name");
        try {
            return json(
                    200,
                    rollout(
                            rollouts.install(
                                    request.body(),
                                    name == null ? "upload" : name,
                                    request.principal().id(),
                                    Boolean.TRUE.equals(query.flag("downgrade")))));
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
                    200, rollout(rollouts.rollback(request.need("id"), request.principal().id())));
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

    private ObjectNode view(LoadedPlugin plugin) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("id", plugin.version().id()).put("version", plugin.version().version());
        view.put("file", plugin.jar().origin());
        view.put("sha256", plugin.jar().sha256());
        view.put("signer", plugin.jar().voucher().toString());
        view.put("health", plugin.quarantine().why().map(why -> "quarantined").orElse("serving"));
        plugin.quarantine().why().ifPresent(why -> view.put("text", why));
        plugin.quarantine().nextTrial().ifPresent(at -> view.put("nextTrial", at.toString()));
        plugin.jar().score().ifPresent(card -> score(view.putObject("scoreCard"), card));
        conduct(view, plugin.conduct());
        ArrayNode channels = view.putArray("channels");
        ObjectNode calls = RequestJson.JSON.createObjectNode();
        for (LoadedChannel channel : plugin.channels()) {
            channels.add(channel.descriptor().id().value());
            calls.set(channel.descriptor().id().value(), figures(channel.calls().figures()));
        }
        view.set("calls", calls);
        ArrayNode there = view.putArray("loaders");
        for (LoaderWatch.Live each : loaders.live()) {
            if (each.plugin().id().equals(plugin.version().id())) {
                loader(there.addObject(), each);
            }
        }
        loaders.restartAdvised().ifPresent(why -> view.put("restartAdvised", why));
        rollouts.latest(plugin.version().id())
                .ifPresent(latest -> view.set("rollout", rollout(latest)));
        return view;
    }

    private static void score(ObjectNode view, ScoreCard card) {
        view.put("grade", card.grade().name().toLowerCase(Locale.ROOT));
        view.put("channel", card.channel()).put("spi", card.spi()).put("current", card.current());
        view.put("passed", card.count(ScoreCard.Result.PASSED));
        view.put("failed", card.count(ScoreCard.Result.FAILED));
        view.put("missing", card.count(ScoreCard.Result.MISSING));
        view.put("notApplicable", card.count(ScoreCard.Result.NOT_APPLICABLE));
        view.put("notRun", card.count(ScoreCard.Result.NOT_RUN));
    }

    private static void conduct(ObjectNode view, Conduct conduct) {
        Map<String, Long> refused = conduct.refused();
        if (!refused.isEmpty()) {
            ObjectNode doors = view.putObject("refused");
            refused.forEach(doors::put);
        }
        if (conduct.droppedLines() > 0) {
            view.put("droppedLogLines", conduct.droppedLines());
        }
    }

    private static void loader(ObjectNode view, LoaderWatch.Live loader) {
        view.put("version", loader.plugin().version());
        view.put("state", loader.state().name().toLowerCase(Locale.ROOT));
        if (!loader.holder().isEmpty()) {
            view.put("text", loader.holder());
        }
    }

    private static ObjectNode rollout(Rollout rollout) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        view.put("plugin", rollout.plugin());
        put(view, "from", rollout.from());
        put(view, "to", rollout.to());
        if (rollout.sha256() != null) {
            view.put("sha256", rollout.sha256());
        }
        view.put("state", rollout.state().name().toLowerCase(Locale.ROOT));
        view.put("text", rollout.text());
        view.put("accounts", rollout.moved());
        view.put("actor", rollout.actor());
        view.put("began", rollout.began().toString());
        if (rollout.watchedUntil() != null) {
            view.put("watchedUntil", rollout.watchedUntil().toString());
        }
        if (rollout.ended() != null) {
            view.put("ended", rollout.ended().toString());
        }
        return view;
    }

    private static ObjectNode ended(PluginRecords.Rollout rollout) {
        ObjectNode view = RequestJson.JSON.createObjectNode();
        if (rollout.from() != null) {
            view.put("from", rollout.from());
        }
        if (rollout.to() != null) {
            view.put("to", rollout.to());
        }
        if (rollout.sha256() != null) {
            view.put("sha256", rollout.sha256());
        }
        return view.put("state", rollout.outcome())
                .put("text", rollout.reason())
                .put("actor", rollout.actor())
                .put("began", rollout.began().toString())
                .put("ended", rollout.ended().toString());
    }

    private static void put(ObjectNode view, String name, @Nullable PluginVersion version) {
        if (version != null) {
            view.put(name, version.version());
        }
    }

    private static ObjectNode figures(CallFigures figures) {
        return RequestJson.JSON.valueToTree(figures);
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.json(status, RequestJson.JSON.writeValueAsBytes(body));
    }
}
