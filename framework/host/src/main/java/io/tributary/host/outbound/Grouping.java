package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Part;
import java.util.ArrayList;
import java.util.List;

/// Which parts of an interaction go in one send: neighbours, as many as the channel takes together,
/// at most one text among them. A part that is lost belongs to the send before it, or to the first.
///
/// @param first the number of the first part
/// @param count how many parts
record Grouping(int first, int count) {

    static List<Grouping> of(List<Part> parts, int together, Degraded degraded) {
        var groups = new ArrayList<Grouping>();
        int first = 1;
        int count = 0;
        int carried = 0;
        boolean text = false;
        for (var part : parts) {
            if (degraded.isLost(part.number())) {
                count++;
                continue;
            }
            boolean another = degraded.sent(part.number(), part.content()) instanceof Content.Text;
            if (carried == together || (text && another)) {
                groups.add(new Grouping(first, count));
                first = part.number();
                count = 0;
                carried = 0;
                text = false;
            }
            count++;
            carried++;
            text |= another;
        }
        groups.add(new Grouping(first, count));
        return List.copyOf(groups);
    }
}
