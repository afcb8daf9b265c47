package io.tributary.host.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// One plugin as `tributary plugin status` shows it to people.
final class PluginSheet {

    private static final int LABEL = 14;
    private static final int SHORT_HASH = 12;
    private static final int HISTORY = 5;

    private final Screen screen;
    private final JsonNode plugin;

    PluginSheet(Screen screen, JsonNode plugin) {
        this.screen = screen;
        this.plugin = plugin;
    }

    void show() {
        row("plugin", text(plugin, "id") + " " + text(plugin, "version"));
        row("health", health());
        row("signer", text(plugin, "signer"));
        row("jar", text(plugin, "file") + ", SHA-256 " + hash(text(plugin, "sha256")));
        row("SPI", text(plugin, "spi"));
        row("score card", score(plugin.path("scoreCard")));
        row("channels", joined(plugin.path("channels")));
        row("entitlements", joined(plugin.path("entitlements")));
        row("identities", joined(plugin.path("identities")));
        row("secrets", joined(plugin.path("secrets")));
        row("loaded", loaders());
        rollout();
        plugin.path("refused")
                .forEachEntry(
                        (door, times) -> row("refused", door + ", " + times.asLong() + " times"));
        if (plugin.has("restartAdvised")) {
            row("restart", text(plugin, "restartAdvised"));
        }
        members();
        accounts();
        calls();
        errors();
        history();
    }

    /// All of them in one line each; those that are not up are counted apart.
    static String accounts(JsonNode plugin) {
        int all = plugin.path("accounts").size();
        long unwell =
                StreamSupport.stream(plugin.path("accounts").spliterator(), false)
                        .filter(each -> !text(each, "health").equals("up"))
                        .count();
        return unwell == 0 ? Integer.toString(all) : all + ", " + unwell + " not up";
    }

    static String joined(JsonNode texts) {
        String joined =
                StreamSupport.stream(texts.spliterator(), false)
                        .map(each -> each.asString(""))
                        .collect(Collectors.joining(", "));
        return joined.isEmpty() ? "none" : joined;
    }

    private static String score(JsonNode card) {
        if (card.isMissingNode()) {
            return "none";
        }
        if (!card.path("current").asBoolean(false)) {
            return "made from other classes than those in the jar";
        }
        return "%s: %d passed, %d failed, %d missing"
                .formatted(
                        text(card, "grade"),
                        card.path("passed").asInt(),
                        card.path("failed").asInt(),
                        card.path("missing").asInt());
    }

    private String health() {
        String why = text(plugin, "text");
        String trial = text(plugin, "nextTrial");
        return text(plugin, "health")
                + (why.isEmpty() ? "" : ": " + why)
                + (trial.isEmpty() ? "" : "; next trial " + screen.time(trial));
    }

    private String loaders() {
        return StreamSupport.stream(plugin.path("loaders").spliterator(), false)
                .map(each ->
                        text(each, "version")
                                + " "
                                + text(each, "state")
                                + (each.has("text") ? " (" + text(each, "text") + ")" : ""))
                .collect(Collectors.joining(", "));
    }

    private void rollout() {
        JsonNode rollout = plugin.path("rollout");
        if (rollout.isMissingNode()) {
            return;
        }
        String until = text(rollout, "watchedUntil");
        String canary = text(rollout, "canary");
        row(
                "rollout",
                change(rollout)
                        + (canary.isEmpty() ? "" : " on account " + canary + " alone at first,")
                        + (until.isEmpty()
                                ? ""
                                : " until "
                                        + screen.time(until)
                                        + "; `tributary plugin rollback "
                                        + text(plugin, "id")
                                        + "` takes it back"));
    }

    /// One member alone is the one whose sheet this is.
    private void members() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MEMBER", "VERSION", "STATE"));
        plugin.path("members").forEach(each -> rows.add(PluginRolloutCommand.row(each)));
        if (rows.size() > 2) {
            table(rows, "");
        }
    }

    private void accounts() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ACCOUNT", "CHANNEL", "VERSION", "HEALTH"));
        for (JsonNode each : plugin.path("accounts")) {
            rows.add(
                    List.of(
                            text(each, "id"),
                            text(each, "channel"),
                            each.has("version") ? text(each, "version") : "-",
                            (text(each, "health") + " " + text(each, "text")).strip()));
        }
        table(rows, "No accounts.");
    }

    private void calls() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CHANNEL", "CALL", "CALLS", "MEAN", "FAILED"));
        plugin.path("calls")
                .forEachEntry((channel, figures) ->
                        figures.path("kinds")
                                .forEachEntry((kind, of) -> rows.add(calls(channel, kind, of))));
        if (rows.size() > 1) {
            table(rows, "");
        }
    }

    private static List<String> calls(String channel, String kind, JsonNode figures) {
        long calls = figures.path("calls").asLong();
        double millis =
                calls == 0
                        ? 0
                        : Duration.parse(figures.path("time").asString("PT0S")).toNanos()
                                / 1e6
                                / calls;
        var failed = new ArrayList<String>();
        figures.path("failures")
                .forEachEntry((cause, times) -> failed.add(word(cause) + " " + times.asLong()));
        return List.of(
                channel,
                word(kind),
                Long.toString(calls),
                String.format(Locale.ROOT, "%.2f ms", millis),
                failed.isEmpty() ? "-" : String.join(", ", failed));
    }

    private void errors() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("LAST ERROR", "ACCOUNT", "CALL", "TIMES", "WHAT"));
        for (JsonNode each : plugin.path("lastErrors")) {
            rows.add(
                    List.of(
                            screen.time(text(each, "at")),
                            text(each, "account"),
                            text(each, "call"),
                            each.path("times").asString("1"),
                            what(each)));
        }
        if (rows.size() > 1) {
            table(rows, "");
        }
    }

    private static String what(JsonNode error) {
        return text(error, "cause")
                + (error.has("type") ? " " + text(error, "type") : "")
                + (error.has("where") ? " at " + text(error, "where") : "");
    }

    private void history() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ENDED", "BY", "WHAT"));
        for (JsonNode each : plugin.path("history")) {
            if (rows.size() <= HISTORY) {
                rows.add(
                        List.of(
                                screen.time(text(each, "ended")),
                                text(each, "actor"),
                                change(each)));
            }
        }
        table(rows, "Nothing is known of how it came to serve.");
    }

    /// `1.0.0 → 1.1.0 returned: …`
    private static String change(JsonNode rollout) {
        String from = text(rollout, "from");
        String to = text(rollout, "to");
        String why = text(rollout, "text");
        String versions =
                from.isEmpty() ? to : to.isEmpty() || to.equals(from) ? from : from + " → " + to;
        return versions + " " + text(rollout, "state") + (why.isEmpty() ? "" : ": " + why);
    }

    private void table(List<List<String>> rows, String nothing) {
        screen.line("");
        screen.table(
                rows.stream().map(row -> row.stream().map(Screen::visible).toList()).toList(),
                nothing);
    }

    private void row(String name, String text) {
        screen.line(
                screen.dim((name + " ".repeat(LABEL)).substring(0, LABEL)) + Screen.visible(text));
    }

    private static String hash(String sha256) {
        return sha256.length() <= SHORT_HASH ? sha256 : sha256.substring(0, SHORT_HASH) + "…";
    }

    /// `look-up` for `LOOK_UP`.
    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
