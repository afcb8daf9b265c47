package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import java.util.Map;

/// Tells messages that came before: who listens to the grid could send them once more. For one
/// thread.
///
/// Messages of one sender come in their order, so the highest number seen is enough.
final class Repeats {

    private final Map<Bytes, Long> highest = new Sealed.Newest<>();

    /// Whether the message is newer than all of its session before, which it then counts among.
    boolean isNew(Sealed.Opened message) {
        Long before = highest.get(message.session());
        if (before != null && message.number() <= before) {
            return false;
        }
        highest.put(message.session(), message.number());
        return true;
    }
}
