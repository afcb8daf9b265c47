package io.tributary.host.command;

import io.tributary.host.Checkup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `tributary doctor`.
@Command(
        name = "doctor",
        description = "Checks what a member needs: all is well, or what to do next.",
        footer = {
            "",
            "Example:",
            "  tributary doctor --config conf/tributary.yaml --data /var/lib/tributary"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "tributary.yaml.")
    @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; wins over the file's.")
    @Nullable Path data;

    @Option(
            names = "--settings",
            description = "Lists every setting in force and where it was said.")
    boolean settings;

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Override
    public Integer call() {
        Checkup checkup = Checkup.of(config, data, System.getenv());
        List<Checkup.Finding> findings = checkup.findings();
        var output = new Output(spec.commandLine().getOut(), json);
        if (json) {
            output.json(asJson(checkup));
        } else {
            findings.forEach(each -> show(output.screen(), each));
            if (settings) {
                list(output.screen(), checkup);
            }
        }
        return findings.stream().allMatch(Checkup.Finding::good) ? Exit.OK : Exit.REFUSED;
    }

    private static void show(Screen screen, Checkup.Finding finding) {
        String mark = finding.good() ? screen.good("ok  ") : screen.bad("BAD ");
        screen.line(mark + " " + finding.about() + ": " + Screen.visible(finding.text()));
        if (!finding.advice().isEmpty()) {
            screen.line("       → " + finding.advice());
        }
    }

    private static void list(Screen screen, Checkup checkup) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KEY", "VALUE", "FROM"));
        checkup.settings()
                .forEach(each ->
                        rows.add(
                                List.of(
                                        each.key(),
                                        each.value(),
                                        each.from() == null ? "default" : each.from().toString())));
        screen.table(rows, "");
    }

    private static ObjectNode asJson(Checkup checkup) {
        ObjectNode node = Client.JSON.createObjectNode();
        ArrayNode findings = node.putArray("findings");
        for (Checkup.Finding each : checkup.findings()) {
            findings.addObject()
                    .put("about", each.about())
                    .put("good", each.good())
                    .put("text", each.text())
                    .put("advice", each.advice());
        }
        ArrayNode list = node.putArray("settings");
        checkup.settings()
                .forEach(each ->
                        list.addObject()
                                .put("key", each.key())
                                .put("value", each.value())
                                .put(
                                        "from",
                                        each.from() == null ? "default" : each.from().toString()));
        return node;
    }
}
