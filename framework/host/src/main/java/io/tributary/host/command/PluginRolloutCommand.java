package io.tributary.host.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary plugin rollout`.
@Command(
        name = "rollout",
        description = {
            "Shows how far every member is with a plugin, until all serve what is wanted.",
            "A version is tried and watched on the member that took it up; the others come when it"
                    + " is settled. The exit code is 0 when all members serve what is wanted, and 1"
                    + " when one cannot, or the version was taken back meanwhile."
        },
        footer = {
            "",
            "Examples:",
            "  tributary plugin rollout pager",
            "  tributary plugin rollout pager --once --json"
        })
final class PluginRolloutCommand implements Callable<Integer> {

    private static final long PAUSE_MILLIS = 300;

    @Mixin Connection connection = new Connection();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PLUGIN", description = "Its id.")
    String plugin = "";

    @Option(names = "--once", description = "Show how it is now, and do not wait.")
    boolean once;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(spec.commandLine().getOut(), connection.json);
        String path = "/admin/v1/plugins/" + Client.escape(plugin) + "/rollout";
        try (Client client = connection.client()) {
            List<List<String>> shown = List.of();
            boolean watched = false;
            while (true) {
                JsonNode now = client.get(path);
                String state = now.path("state").asString("");
                watched |= state.equals("watching");
                boolean over = once || !(state.equals("watching") || state.equals("converging"));
                List<List<String>> rows = rows(now);
                if (connection.json) {
                    // one line for each change, the last one when it is over
                    if (over || !rows.equals(shown)) {
                        output.json(now);
                    }
                } else if (!rows.equals(shown) || over) {
                    show(output.screen(), now, rows, !rows.equals(shown));
                }
                shown = rows;
                if (over) {
                    return ended(now, watched);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private int ended(JsonNode now, boolean watched) {
        String state = now.path("state").asString("");
        boolean back = watched && now.path("last").path("state").asString("").equals("returned");
        return state.equals("behind") || (back && !once) ? Exit.REFUSED : Exit.OK;
    }

    private void show(Screen screen, JsonNode now, List<List<String>> rows, boolean changed) {
        if (changed) {
            String wanted = now.path("wanted").path("version").asString("");
            screen.line(
                    "plugin "
                            + Screen.visible(plugin)
                            + (wanted.isEmpty() ? "" : " " + Screen.visible(wanted))
                            + ": "
                            + now.path("state").asString(""));
            screen.table(rows, "No member has it.");
        }
        JsonNode last = now.path("last");
        if (last.path("state").asString("").equals("returned")) {
            screen.line(
                    screen.bad("taken back: ")
                            + Screen.visible(last.path("to").asString(""))
                            + " "
                            + Screen.visible(last.path("text").asString("")));
        }
    }

    private static List<List<String>> rows(JsonNode now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MEMBER", "VERSION", "STATE"));
        now.path("members").forEach(each -> rows.add(row(each)));
        return rows;
    }

    static List<String> row(JsonNode member) {
        String text = member.path("text").asString("");
        return List.of(
                member.path("member").asString("")
                        + (member.path("self").asBoolean(false) ? " (asked)" : ""),
                member.has("version") ? Screen.visible(member.path("version").asString("")) : "-",
                member.path("state").asString("")
                        + (text.isEmpty() ? "" : ": " + Screen.visible(text)));
    }
}
