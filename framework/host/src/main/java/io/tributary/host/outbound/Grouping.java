package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which parts of an interaction go in one send: neighbours, as many as the channel takes together,
/// at most one text among them.
///
/// @param first the number of the first part
/// @param count how many parts
record Grouping(int first, int count) {

    /// @param asText the numbers of the parts that go as plain text
    static List<Grouping> of(List<Part> parts, int together, Set<Integer> asText) {
        var groups = new ArrayList<Grouping>();
        int first = 1;
        int count = 0;
        boolean text = false;
        for (var part : parts) {
            boolean another =
                    part.content() instanceof Content.Text || asText.contains(part.number());
            if (count == together || (text && another)) {
                groups.add(new Grouping(first, count));
                first = part.number();
                count = 0;
                text = false;
            }
            count++;
            text |= another;
        }
        groups.add(new Grouping(first, count));
        return List.copyOf(groups);
    }
}
