package io.tributary.host.outbound;

import io.tributary.model.Interaction;
import io.tributary.model.Json;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What of an interaction the channel could not carry as it is, as the interaction says itself: the
/// extension `tributary.degraded` is `{"asText":[2]}` where part 2 went as its plain text.
final class Degraded {

    static final String EXTENSION = Draft.OURS + "degraded";

    private Degraded() {}

    /// @param asText numbers of parts
    static Json json(Collection<Integer> asText) {
        return Json.of(
                asText.stream()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",", "{\"asText\":[", "]}")));
    }

    /// The numbers of the parts that go as plain text. The only digits in the extension are these.
    static Set<Integer> parts(Interaction interaction) {
        var json = interaction.extensions().get(EXTENSION);
        var parts = new TreeSet<Integer>();
        int number = 0;
        for (char next : (json == null ? "" : json.text() + " ").toCharArray()) {
            if (next >= '0' && next <= '9') {
                number = number * 10 + (next - '0');
            } else if (number > 0) {
                parts.add(number);
                number = 0;
            }
        }
        return parts;
    }
}
