package io.tributary.host.outbound;

import io.tributary.model.Content;
import java.util.EnumSet;
import java.util.Set;

/// One part as it is kept and as the channel gets it.
///
/// @param kept what the interaction says
/// @param sent what the channel is handed; of what is lost the same as `kept`
/// @param adaptations what leads from one to the other
record Adapted(Content kept, Content sent, Set<Adaptation> adaptations) {

    Adapted {
        adaptations = Set.copyOf(adaptations);
    }

    static Adapted asItIs(Content content) {
        return new Adapted(content, content, Set.of());
    }

    static Adapted of(Content kept, Content sent, Adaptation adaptation) {
        return new Adapted(kept, sent, Set.of(adaptation));
    }

    /// The same, about which one more thing is said.
    Adapted and(Adaptation adaptation) {
        var more = EnumSet.of(adaptation);
        more.addAll(adaptations);
        return new Adapted(kept, sent, more);
    }
}
