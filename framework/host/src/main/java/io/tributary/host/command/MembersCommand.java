package io.tributary.host.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tributary members`.
@Command(
        name = "members",
        description = "Lists the members of the cluster, and which accounts' slots each runs.",
        footer = {"", "Example:", "  tributary members --json"})
final class MembersCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin Connection connection = new Connection();

    @Override
    public Integer call() {
        return new Table(
                        "/admin/v1/members",
                        List.of(
                                "NAME", "STATE", "VERSION", "URL", "HEARD", "AGENTS", "DEVICES",
                                "RUNS"),
                        (each, _) -> row(each),
                        "This member has its log to itself.")
                .show(connection, spec.commandLine().getOut());
    }

    private static List<String> row(JsonNode member) {
        return List.of(
                Screen.visible(member.path("name").asString("")),
                state(member),
                member.path("version").asString(""),
                member.path("url").asString(""),
                member.path("heardMillisAgo").asLong(0) + " ms ago",
                member.path("agents").asString("?"),
                member.path("devices").asString("?"),
                slots(member.path("slots")));
    }

    private static String state(JsonNode member) {
        List<String> lacks = new ArrayList<>();
        member.path("lacks").forEach(each -> lacks.add(Screen.visible(each.asString(""))));
        String state = member.path("state").asString("");
        return lacks.isEmpty() ? state : state + " (" + String.join("; ", lacks) + ")";
    }

    /// `shop`, or `mast 0,2` where the account has more than one slot.
    private static String slots(JsonNode slots) {
        Map<String, List<String>> numbers = new LinkedHashMap<>();
        slots.forEach(each ->
                numbers.computeIfAbsent(each.path("account").asString(""), _ -> new ArrayList<>())
                        .add(each.path("slot").asString("")));
        List<String> accounts = new ArrayList<>();
        numbers.forEach((account, of) ->
                accounts.add(
                        of.equals(List.of("0")) ? account : account + " " + String.join(",", of)));
        return accounts.isEmpty() ? "-" : String.join("; ", accounts);
    }
}
