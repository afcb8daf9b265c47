package io.tributary.host.outbound;

import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The sends that an outbound dead letter stands for: the one that failed, and the later ones of
/// the same interaction that failed with it.
record Failed(Interaction interaction, List<Outbox.Send> sends, List<Outbox.Delivery> deliveries) {

    private static final Set<Status> THERE = Set.of(Status.DELIVERED, Status.READ);

    /// Reads them; empty where they are no longer kept. Blocking.
    static Optional<Failed> of(
            DeadLetters.DeadLetter letter, Interaction interaction, Outbox outbox) {
        var key = OutboundDeadLetter.key(letter.payload());
        var all = outbox.of(interaction.id());
        var sends = new ArrayList<Outbox.Send>();
        for (var send : all) {
            boolean with = !sends.isEmpty() && failedWithEarlier(send);
            if (send.key().equals(key) || with) {
                sends.add(send);
            } else if (!sends.isEmpty()) {
                break;
            }
        }
        return sends.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Failed(
                                interaction,
                                List.copyOf(sends),
                                outbox.deliveries(interaction.id())));
    }

    private static boolean failedWithEarlier(Outbox.Send send) {
        var reason = send.reason();
        return send.state() == State.REJECTED
                && reason != null
                && reason.code().equals(Settlement.EARLIER_PART);
    }

    /// The parts as their author wrote them.
    List<Part> parts() {
        return interaction.parts().stream()
                .filter(part -> sends.stream().anyMatch(send -> carries(send, part.number())))
                .toList();
    }

    /// Whether a receipt came after all: delivered beats failed.
    boolean isThere() {
        return deliveries.stream()
                .filter(delivery -> THERE.contains(delivery.status()))
                .anyMatch(delivery ->
                        delivery.part() == 0
                                || sends.stream().anyMatch(send -> carries(send, delivery.part())));
    }

    private static boolean carries(Outbox.Send send, int part) {
        return part >= send.firstPart() && part < send.firstPart() + send.parts();
    }
}
