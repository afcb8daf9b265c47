package io.tributary.host.api;

import io.tributary.host.access.Principal;
import io.tributary.host.journal.PluginRecords.Observed;
import io.tributary.host.journal.PluginRecords.Wanted;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.rollouts.Rollout;
import io.tributary.host.rollouts.Rollouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How far every member is with a plugin, as operators are shown it.
final class RolloutView {

    private static final String SERVING = "serving";
    private static final String WATCHING = "watching";
    private static final String CONVERGING = "converging";
    private static final String BEHIND = "behind";

    private final Plugins plugins;
    private final Rollouts rollouts;

    RolloutView(Plugins plugins, Rollouts rollouts) {
        this.plugins = plugins;
        this.rollouts = rollouts;
    }

    /// Empty: nobody knows the plugin.
    Optional<ObjectNode> of(String plugin, Principal reader) {
        @Nullable Wanted wanted = rollouts.wanted(plugin).orElse(null);
        var history = rollouts.history(plugin);
        if (wanted == null && history.isEmpty() && plugins.find(plugin).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode view = RequestJson.JSON.createObjectNode().put("plugin", plugin);
        var members = members(plugin, wanted);
        view.put("state", state(wanted, members.values()));
        if (wanted != null) {
            view.putObject("wanted")
                    .put("version", wanted.version())
                    .put("sha256", wanted.sha256());
            if (wanted.watched() != null) {
                view.putObject("watched")
                        .put("sha256", wanted.watched())
                        .put("member", wanted.watchedBy());
            }
        }
        if (!history.isEmpty()) {
            view.set("last", PluginViews.ended(history.getFirst()));
        }
        rollouts.latest(plugin)
                .ifPresent(latest -> view.set("rollout", PluginViews.rollout(latest, reader)));
        add(view.putArray("members"), members);
        return Optional.of(view);
    }

    /// The members that have the plugin, or are to have it.
    void add(ArrayNode array, String plugin) {
        add(array, members(plugin, rollouts.wanted(plugin).orElse(null)));
    }

    private void add(ArrayNode array, Map<Long, Observed> members) {
        for (Observed each : members.values()) {
            ObjectNode member = array.addObject().put("member", each.member());
            member.put("self", each.member() == rollouts.member());
            if (each.version() != null) {
                member.put("version", each.version()).put("sha256", each.sha256());
            }
            member.put("state", each.state());
            if (!each.reason().isEmpty()) {
                member.put("text", each.reason());
            }
            member.put("since", each.since().toString());
        }
    }

    private Map<Long, Observed> members(String plugin, @Nullable Wanted wanted) {
        Map<Long, Observed> said =
                rollouts.observed().stream()
                        .filter(each -> each.plugin().equals(plugin))
                        .collect(Collectors.toMap(Observed::member, Function.identity()));
        var members = new TreeMap<>(said);
        if (wanted != null) {
            for (long member : rollouts.members()) {
                members.computeIfAbsent(
                        member, id -> id == rollouts.member() ? own(wanted) : silent(id, wanted));
            }
        }
        return members;
    }

    /// A member that has its journal to itself tells nobody.
    private Observed own(Wanted wanted) {
        @Nullable LoadedPlugin present = plugins.find(wanted.plugin()).orElse(null);
        boolean watching =
                rollouts.latest(wanted.plugin())
                        .filter(each -> each.state() == Rollout.State.WATCHING)
                        .isPresent();
        boolean serving = present != null && present.jar().sha256().equals(wanted.sha256());
        return new Observed(
                rollouts.member(),
                wanted.plugin(),
                present == null ? null : present.version().version(),
                present == null ? null : present.jar().sha256(),
                watching ? WATCHING : serving ? SERVING : BEHIND,
                "",
                wanted.changedAt());
    }

    private static Observed silent(long member, Wanted wanted) {
        return new Observed(
                member, wanted.plugin(), null, null, CONVERGING, "", wanted.changedAt());
    }

    private static String state(@Nullable Wanted wanted, Iterable<Observed> members) {
        if (wanted != null && wanted.watched() != null) {
            return WATCHING;
        }
        List<String> states = new ArrayList<>();
        for (Observed each : members) {
            boolean there = wanted != null && wanted.sha256().equals(each.sha256());
            states.add(there || each.state().equals(BEHIND) ? each.state() : CONVERGING);
        }
        if (states.contains(CONVERGING) || states.contains(WATCHING)) {
            return CONVERGING;
        }
        return states.contains(BEHIND) ? BEHIND : wanted == null ? "removed" : "converged";
    }
}
