package io.tributary.host.outbound;

import io.tributary.model.Interaction;
import io.tributary.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What of an interaction the channel could not carry as it is, as the interaction says itself: the
/// extension `tributary.degraded` is `{"asText":[2],"lost":[3],"cut":[[4,5]]}` where part 2 went as
/// its plain text, the message went without part 3, and parts 4 and 5 were one. A list that would
/// be empty is missing.
///
/// @param asText numbers of parts
/// @param lost numbers of parts
/// @param cut numbers of the parts that were one, a text or a carousel, of each such; for readers
///   only, so it is not read back
record Degraded(Set<Integer> asText, Set<Integer> lost, List<List<Integer>> cut) {

    static final String EXTENSION = Draft.OURS + "degraded";

    Degraded {
        asText = Set.copyOf(asText);
        lost = Set.copyOf(lost);
        cut = List.copyOf(cut);
    }

    static Degraded of(Interaction interaction) {
        var json = interaction.extensions().get(EXTENSION);
        var text = json == null ? "" : json.text();
        return new Degraded(numbers("asText", text), numbers("lost", text), List.of());
    }

    boolean isNothing() {
        return asText.isEmpty() && lost.isEmpty() && cut.isEmpty();
    }

    Json json() {
        var lists = new ArrayList<String>(3);
        if (!asText.isEmpty()) {
            lists.add("\"asText\":" + list(asText));
        }
        if (!lost.isEmpty()) {
            lists.add("\"lost\":" + list(lost));
        }
        if (!cut.isEmpty()) {
            lists.add(
                    cut.stream()
                            .map(Degraded::list)
                            .collect(Collectors.joining(",", "\"cut\":[", "]")));
        }
        return Json.of("{" + String.join(",", lists) + "}");
    }

    private static String list(Collection<Integer> numbers) {
        return numbers.stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /// The numbers in the list of this name; nothing else is in the extension.
    private static Set<Integer> numbers(String name, String json) {
        var numbers = new TreeSet<Integer>();
        var list = Pattern.compile("\"" + name + "\"\\s*:\\s*\\[([\\s\\d,]*)]").matcher(json);
        if (list.find()) {
            Pattern.compile("\\d+")
                    .matcher(list.group(1))
                    .results()
                    .forEach(number -> numbers.add(Integer.parseInt(number.group())));
        }
        return numbers;
    }
}
