package io.tributary.voice.twilio;

import io.tributary.model.Content;
import io.tributary.spi.Inbound;
import io.tributary.testkit.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// By which ids what happened is known, as the real host says it: an id belongs to the first that
/// brings it, and what a receipt brings belongs to what it is about.
final class Known {

    private Known() {}

    /// The ids of each of these but receipts, in their order.
    static List<List<String>> ids(List<Inbound> told) {
        Set<String> taken = new HashSet<>();
        var known = new ArrayList<List<String>>();
        for (var inbound : told) {
            var own =
                    inbound.parts().stream()
                            .flatMap(part -> part.externalIds().stream())
                            .filter(taken::add)
                            .toList();
            if (!(inbound.content() instanceof Content.Receipt)) {
                known.add(own);
            }
        }
        return List.copyOf(known);
    }

    /// What an order gets whose target is the last thing of that kind that was stored.
    static String[] idsOfLast(List<Stored> stored, Content.Call.Event event) {
        var told = stored.stream().map(Stored::inbound).toList();
        var events =
                told.stream()
                        .filter(inbound -> !(inbound.content() instanceof Content.Receipt))
                        .toList();
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).content() instanceof Content.Call call && call.event() == event) {
                return ids(told).get(i).toArray(String[]::new);
            }
        }
        throw new AssertionError("nothing is " + event);
    }
}
