package io.tributary.social.meta;

import io.tributary.model.Bytes;
import io.tributary.spi.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is more than a delivery takes becomes one update, as it came: a genuine webhook that is
/// refused would come again for days, and in the end be lost with all that is in it.
final class Surplus {

    /// Notices for operators: they are put together before anything that somebody said.
    private static final Set<String> NOTICES =
            Set.of(Update.CHANGE, Update.HISTORY, Update.UNKNOWN);

    private Surplus() {}

    /// At most this many, with the last notices in one, and the last of the others if they do not
    /// suffice.
    static List<Update> folded(List<Update> updates, int most) {
        if (updates.size() <= most) {
            return updates;
        }
        int surplus = updates.size() - most + 1;
        var marked = new boolean[updates.size()];
        int left = mark(updates, marked, surplus, true);
        mark(updates, marked, left, false);
        var kept = new ArrayList<Update>(most);
        var folded = new ArrayList<Update>(surplus);
        for (int i = 0; i < marked.length; i++) {
            (marked[i] ? folded : kept).add(updates.get(i));
        }
        kept.add(one(folded));
        return kept;
    }

    /// Marks from the end, and returns how many are still to be marked.
    private static int mark(List<Update> updates, boolean[] marked, int many, boolean notices) {
        int left = many;
        for (int i = marked.length - 1; i >= 0 && left > 0; i--) {
            if (NOTICES.contains(updates.get(i).kind()) == notices) {
                marked[i] = true;
                left--;
            }
        }
        return left;
    }

    private static Update one(List<Update> folded) {
        var all = new StringBuilder("[");
        for (var update : folded) {
            var body = update.body().utf8();
            // of what was too large itself there is nothing
            all.append(all.length() > 1 && !body.isEmpty() ? "," : "").append(body);
        }
        var bytes = all.append(']').toString().getBytes(StandardCharsets.UTF_8);
        var update =
                bytes.length > RawEvent.MOST_BYTES
                        ? Update.of(Update.TOO_LARGE, Bytes.EMPTY)
                                .note(Update.SIZE, Integer.toString(bytes.length))
                        : Update.of(Update.CHANGE, Bytes.wrap(bytes));
        return update.note(Update.FIELD, "surplus")
                .note(Update.OBJECT, folded.getFirst().notes().getOrDefault(Update.OBJECT, ""));
    }
}
