package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.accounts.AccountView;
import io.tributary.host.accounts.Accounts;
import io.tributary.host.artifacts.PluginManifest;
import io.tributary.host.artifacts.ScoreCard;
import io.tributary.host.calls.CallFigures;
import io.tributary.host.calls.RecentFailure;
import io.tributary.host.guard.Conduct;
import io.tributary.host.journal.PluginRecords;
import io.tributary.host.plugins.LoadedChannel;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.rollouts.Rollout;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plugins as operators are shown them.
final class PluginViews {

    private static final int MOST_ERRORS = 20;

    private final Accounts accounts;
    private final Rollouts rollouts;
    private final LoaderWatch loaders;

    PluginViews(Accounts accounts, Rollouts rollouts, LoaderWatch loaders) {
        this.accounts = accounts;
        this.rollouts = rollouts;
        this.loaders = loaders;
    }

    /// One plugin, with those of its accounts that the reader may see.
    ObjectNode plugin(LoadedPlugin plugin, Principal reader) {
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
        manifest(view, plugin.jar().manifest());
        ArrayNode channels = view.putArray("channels");
        ObjectNode calls = RequestJson.JSON.createObjectNode();
        Set<ChannelId> ids = new HashSet<>();
        for (LoadedChannel channel : plugin.channels()) {
            ids.add(channel.descriptor().id());
            channels.add(channel.descriptor().id().value());
            calls.set(channel.descriptor().id().value(), figures(channel.calls().figures()));
        }
        accounts(view.putArray("accounts"), ids, reader);
        view.set("calls", calls);
        failures(view.putArray("lastErrors"), plugin, reader);
        ArrayNode there = view.putArray("loaders");
        for (LoaderWatch.Live each : loaders.live()) {
            if (each.plugin().id().equals(plugin.version().id())) {
                loader(there.addObject(), each);
            }
        }
        loaders.restartAdvised().ifPresent(why -> view.put("restartAdvised", why));
        rollouts.latest(plugin.version().id())
                .ifPresent(latest -> view.set("rollout", rollout(latest, reader)));
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

    private static void manifest(ObjectNode view, PluginManifest manifest) {
        view.put("spi", manifest.spi().from().toString());
        list(view, "entitlements", manifest.entitlements());
        list(view, "identities", manifest.identities());
        list(view, "secrets", manifest.secrets());
    }

    private static void list(ObjectNode view, String name, List<String> words) {
        words.forEach(view.putArray(name)::add);
    }

    private void accounts(ArrayNode array, Set<ChannelId> channels, Principal reader) {
        for (AccountView each : accounts.views()) {
            if (channels.contains(each.channel()) && reader.sees(each.id())) {
                ObjectNode account = array.addObject();
                account.put("id", each.id().value()).put("channel", each.channel().value());
                PluginVersion served = each.plugin();
                if (served != null) {
                    account.put("version", served.version());
                }
                account.put("health", each.health().state().name().toLowerCase(Locale.ROOT));
                if (!each.health().text().isEmpty()) {
                    account.put("text", each.health().text());
                }
            }
        }
    }

    private static void failures(ArrayNode array, LoadedPlugin plugin, Principal reader) {
        plugin.channels().stream()
                .flatMap(channel -> channel.calls().recentFailures().stream())
                .filter(each -> reader.sees(each.account()))
                .sorted(Comparator.comparing(RecentFailure::at).reversed())
                .limit(MOST_ERRORS)
                .forEach(each -> failure(array.addObject(), each));
    }

    private static void failure(ObjectNode view, RecentFailure failure) {
        view.put("at", failure.at().toString());
        view.put("account", failure.account().value());
        view.put("call", failure.kind().title());
        view.put("cause", failure.cause().name().toLowerCase(Locale.ROOT));
        if (!failure.type().isEmpty()) {
            view.put("type", failure.type());
        }
        if (!failure.where().isEmpty()) {
            view.put("where", failure.where());
        }
        view.put("times", failure.times());
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

    static ObjectNode rollout(Rollout rollout, Principal reader) {
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
        if (rollout.canary() != null && reader.sees(rollout.canary())) {
            view.put("canary", rollout.canary().value());
        }
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

    static ObjectNode ended(PluginRecords.Rollout rollout) {
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
}
