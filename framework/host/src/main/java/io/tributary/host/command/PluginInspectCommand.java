package io.tributary.host.command;

import io.tributary.host.artifacts.Inspection;
import io.tributary.host.artifacts.PluginManifest;
import io.tributary.host.artifacts.ScoreCard;
import io.tributary.host.artifacts.ScoreCard.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tributary plugin inspect`.
@Command(
        name = "inspect",
        description = "Shows what a plugin's jar is, who signed it, and whether it is taken.",
        footer = {
            "",
            "Needs no member and runs nothing of the jar. The exit code is 0 if a member would",
            "take it, and 1 if not; the reasons are the last lines.",
            "",
            "Example:",
            "  tributary plugin inspect pager-1.4.0.jar --config conf/tributary.yaml"
        })
final class PluginInspectCommand implements Callable<Integer> {

    private static final int README_LINES = 6;

    @Mixin Help help = new Help();

    @Mixin TrustOptions options = new TrustOptions();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JAR", description = "The plugin's jar.")
    Path jar = Path.of("");

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Override
    public Integer call() {
        Inspection found = Inspection.of(NamedJar.read(jar), options.trust());
        var output = new Output(spec.commandLine().getOut(), json);
        if (!output.json(asJson(found))) {
            show(output.screen(), found);
        }
        return found.reasons().isEmpty() ? Exit.OK : Exit.REFUSED;
    }

    private static void show(Screen screen, Inspection found) {
        PluginManifest manifest = found.manifest();
        if (manifest != null) {
            row(screen, "plugin", manifest.plugin().toString());
            row(screen, "SPI", manifest.spi().toString());
            row(screen, "channels", words(manifest.channels(), "not said"));
            row(screen, "abilities", words(found.abilities(), "none"));
            row(screen, "entitlements", words(manifest.entitlements(), "none"));
            row(screen, "identities", words(manifest.identities(), "none"));
            row(screen, "secrets", words(manifest.secrets(), "none"));
        }
        row(screen, "signed by", signer(found));
        row(screen, "size", found.bytes() + " bytes");
        row(screen, "SHA-256", found.sha256() == null ? "unknown" : found.sha256());
        score(screen, found);
        found.readme()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(README_LINES)
                .forEach(line -> screen.line("  | " + Screen.visible(line)));
        if (found.reasons().isEmpty()) {
            screen.line(screen.good("ok  ") + " a member takes it");
        }
        found.reasons()
                .forEach(each -> screen.line(screen.bad("BAD ") + " " + Screen.visible(each)));
    }

    private static void score(Screen screen, Inspection found) {
        if (found.score().isEmpty()) {
            row(screen, "score card", "none; it was not built with the testkit's contract");
            return;
        }
        ScoreCard card = found.score().get();
        row(
                screen,
                "score card",
                word(card.grade()) + " by its builder's own account" + ", for SPI " + card.spi());
        row(screen, "", counts(card));
        if (!card.current()) {
            row(
                    screen,
                    "",
                    "made from other classes than those in the jar: it says nothing of them");
        }
        if (found.manifest() != null && found.manifest().channels().size() > 1) {
            row(screen, "", "speaks of channel " + card.channel() + " alone");
        }
        for (ScoreCard.Check each : card.checks()) {
            if (each.result() != Result.PASSED && each.result() != Result.NOT_APPLICABLE) {
                row(
                        screen,
                        "",
                        word(each.grade())
                                + ", "
                                + word(each.result())
                                + ": "
                                + each.promise()
                                + ". "
                                + each.text());
            }
        }
    }

    private static String counts(ScoreCard card) {
        List<String> counts = new ArrayList<>();
        for (Result result : Result.values()) {
            if (card.count(result) > 0) {
                counts.add(card.count(result) + " " + word(result));
            }
        }
        return String.join(", ", counts);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void row(Screen screen, String name, String text) {
        screen.line(screen.dim((name + " ".repeat(14)).substring(0, 14)) + Screen.visible(text));
    }

    private static String words(List<String> words, String none) {
        return words.isEmpty() ? none : String.join(", ", words);
    }

    private static String signer(Inspection found) {
        if (found.voucher() != null) {
            return found.voucher().toString();
        }
        return found.key().isEmpty() ? "nobody" : found.key() + ", not trusted";
    }

    private static ObjectNode asJson(Inspection found) {
        ObjectNode node = Client.JSON.createObjectNode();
        PluginManifest manifest = found.manifest();
        if (manifest != null) {
            node.put("id", manifest.plugin().id()).put("version", manifest.plugin().version());
            node.putObject("spi")
                    .put("from", manifest.spi().from().toString())
                    .put("below", manifest.spi().below().toString());
            list(node, "channels", manifest.channels());
            list(node, "entitlements", manifest.entitlements());
            list(node, "identities", manifest.identities());
            list(node, "secrets", manifest.secrets());
        }
        list(node, "abilities", found.abilities());
        node.put("bytes", found.bytes()).put("sha256", found.sha256());
        node.put("key", found.key()).put("trusted", found.voucher() != null);
        if (found.voucher() != null) {
            node.put("signer", found.voucher().toString());
        }
        node.put("readme", found.readme());
        found.score().ifPresent(card -> score(node.putObject("scoreCard"), card));
        list(node, "reasons", found.reasons());
        return node;
    }

    private static void score(ObjectNode node, ScoreCard card) {
        node.put("grade", word(card.grade())).put("channel", card.channel());
        node.put("spi", card.spi()).put("current", card.current());
        ArrayNode checks = node.putArray("checks");
        for (ScoreCard.Check each : card.checks()) {
            checks.addObject()
                    .put("grade", word(each.grade()))
                    .put("promise", each.promise())
                    .put("result", word(each.result()))
                    .put("text", each.text());
        }
    }

    private static void list(ObjectNode node, String key, List<String> values) {
        values.forEach(node.putArray(key)::add);
    }
}
