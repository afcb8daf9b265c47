package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import java.util.List;

/// How far an outbound interaction got.
///
/// @param sends what was or is to be handed to the provider, in order
/// @param deliveries the furthest that is known of each part; part 0 stands for all of them
public record Progress(List<Outbox.Send> sends, List<Outbox.Delivery> deliveries) {

    public Progress {
        sends = List.copyOf(sends);
        deliveries = List.copyOf(deliveries);
    }
}
