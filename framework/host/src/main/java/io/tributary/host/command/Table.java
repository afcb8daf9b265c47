package io.tributary.host.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// What a member lists, and how it is shown.
///
/// @param path where the list is
/// @param heading of the columns
/// @param row of one of its `items`
/// @param nothing what to say where there are none
record Table(
        String path,
        List<String> heading,
        BiFunction<JsonNode, Screen, List<String>> row,
        String nothing) {

    /// Asks for the list and shows it.
    ///
    /// @return the command's exit code
    int show(Connection connection, PrintWriter out) {
        return show(connection, out, (_, _) -> {});
    }

    /// The same, with more of the answer.
    ///
    /// @param below what is shown below the table
    int show(Connection connection, PrintWriter out, BiConsumer<JsonNode, Screen> below) {
        try (Client client = connection.client()) {
            JsonNode answer = client.get(path);
            var output = new Output(out, connection.json);
            if (output.json(answer)) {
                return Exit.OK;
            }
            Screen screen = output.screen();
            List<List<String>> rows = new ArrayList<>();
            rows.add(heading);
            answer.path("items").forEach(each -> rows.add(row.apply(each, screen)));
            screen.table(rows, nothing);
            below.accept(answer, screen);
            return Exit.OK;
        }
    }
}
