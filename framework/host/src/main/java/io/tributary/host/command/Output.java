package io.tributary.host.command;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/// Where a command's result goes: text for people, or JSON as it came.
final class Output {

    private final PrintWriter out;
    private final boolean json;
    private final Screen screen;

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
        this.screen = Screen.of(out);
    }

    Screen screen() {
        return screen;
    }

    /// Prints JSON where that was asked for.
    ///
    /// @return whether it was
    boolean json(JsonNode node) {
        if (json) {
            out.println(node);
            out.flush();
        }
        return json;
    }

    /// Prints JSON, in lines where people read it.
    void pretty(JsonNode node) {
        if (!json(node)) {
            Client.JSON
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(node)
                    .lines()
                    .forEach(line -> screen.line(Screen.visible(line)));
        }
    }
}
