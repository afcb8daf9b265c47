package io.tributary.host.accounts;

import io.tributary.model.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What somebody entered for one of a channel's actions, looked at before the channel is asked.
public final class ActionInput {

    private ActionInput() {}

    /// What is wrong with it; empty when nothing is. Pointers begin with `/input`.
    ///
    /// @throws IllegalArgumentException the schema is none
    public static List<SettingsProblem> problems(Json schema, ObjectNode input) {
        return SettingsSchema.of(schema).problems(input).stream()
                .map(each -> new SettingsProblem(pointer(each.pointer()), each.text()))
                .toList();
    }

    /// A pointer into settings begins with `/config` or `/secrets`.
    private static String pointer(String settings) {
        int below = settings.indexOf('/', 1);
        return below < 0 ? "/input" : "/input" + settings.substring(below);
    }
}
