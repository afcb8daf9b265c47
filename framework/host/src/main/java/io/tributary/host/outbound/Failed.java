package io.tributary.host.outbound;

import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an outbound dead letter stands for: the send that failed and the later ones of the same
/// interaction that failed with it, and what is known of their parts.
///
/// @param taken the parts, as references are numbered, of which the provider gave an id
/// @param expiresAt when it was to be of no use any more; null: that is not known
record Failed(
        Interaction interaction,
        List<Stretch> stretches,
        List<Outbox.Delivery> deliveries,
        Set<Integer> taken,
        @Nullable Instant expiresAt) {

    private static final Set<Status> THERE = Set.of(Status.DELIVERED, Status.READ);

    /// The parts of one send.
    ///
    /// @param number under which deliveries of the whole send are kept
    /// @param first the number of its first part
    /// @param count how many parts
    record Stretch(int number, int first, int count) {

        static Stretch of(int first, int count, Interaction interaction) {
            return new Stretch(Carriage.part(first, count, interaction), first, count);
        }

        boolean carries(int part) {
            return part >= first && part < first + count;
        }
    }

    /// Reads it. Where retention took the interaction it is what the letter itself says; empty
    /// where there is no such send. Blocking.
    static Optional<Failed> of(DeadLetters.DeadLetter letter, Journal journal) {
        var id = letter.interaction();
        var row =
                id == null ? Optional.<Interaction>empty() : journal.log().byId(id).map(Bodies::of);
        return row.isPresent()
                ? kept(OutboundDeadLetter.key(letter.payload()), row.get(), journal)
                : OutboundDeadLetter.failed(letter.payload());
    }

    private static Optional<Failed> kept(String key, Interaction interaction, Journal journal) {
        var sends = together(key, journal.outbox().of(interaction.id()));
        return sends.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Failed(
                                interaction,
                                sends.stream()
                                        .map(send ->
                                                Stretch.of(
                                                        send.firstPart(),
                                                        send.parts(),
                                                        interaction))
                                        .toList(),
                                journal.outbox().deliveries(interaction.id()),
                                taken(interaction, journal),
                                sends.getFirst().expiresAt()));
    }

    /// The one with the key, and those that failed with it: all up to the next that failed by
    /// itself, which has a letter of its own. Some between them may have been sent.
    private static List<Outbox.Send> together(String key, List<Outbox.Send> all) {
        var sends = new ArrayList<Outbox.Send>();
        for (var send : all) {
            if (send.key().equals(key) || (!sends.isEmpty() && failedWithEarlier(send))) {
                sends.add(send);
            } else if (!sends.isEmpty() && failedByItself(send)) {
                break;
            }
        }
        return sends;
    }

    private static boolean failedWithEarlier(Outbox.Send send) {
        var reason = send.reason();
        return send.state() == State.REJECTED
                && reason != null
                && reason.code().equals(Settlement.EARLIER_PART);
    }

    private static boolean failedByItself(Outbox.Send send) {
        return send.state() == State.EXPIRED
                || (send.state() == State.REJECTED && send.reason() != null);
    }

    private static Set<Integer> taken(Interaction interaction, Journal journal) {
        return journal.directory().references(interaction.id()).stream()
                .filter(reference -> !SendKey.isOf(interaction.id(), reference.externalId()))
                .map(Directory.Reference::part)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The parts that have still to be sent, as their author wrote them: those that neither arrived
    /// nor were taken. None where the channel would carry nothing of them.
    List<Part> left() {
        var degraded = Degraded.of(interaction);
        var left =
                interaction.parts().stream()
                        .filter(part ->
                                stretches.stream().anyMatch(one -> isLeft(one, part.number())))
                        .toList();
        return left.stream().allMatch(part -> degraded.isLost(part.number())) ? List.of() : left;
    }

    /// Whether the provider took something of what is left and its id does not say what: sent again
    /// that might arrive twice.
    boolean isUnclear() {
        return stretches.stream()
                .filter(one -> isLeft(one, one.first()))
                .anyMatch(one ->
                        one.count() == 1
                                ? taken.contains(one.number())
                                : taken.contains(0) && taken.stream().noneMatch(one::carries));
    }

    /// The numbers under which a delivery would say that something of what is left has arrived.
    Set<Integer> awaited() {
        var numbers = new HashSet<Integer>();
        numbers.add(0);
        for (var one : stretches) {
            for (int part = one.first(); part < one.first() + one.count(); part++) {
                if (isLeft(one, part)) {
                    numbers.add(part);
                    if (isOfAll(one)) {
                        numbers.add(one.number());
                    }
                }
            }
        }
        return numbers;
    }

    private boolean isLeft(Stretch one, int part) {
        return one.carries(part) && !hasArrived(one, part) && !isTaken(one, part);
    }

    /// Delivered beats failed.
    private boolean hasArrived(Stretch one, int part) {
        return deliveries.stream()
                .filter(delivery -> THERE.contains(delivery.status()))
                .mapToInt(Outbox.Delivery::part)
                .anyMatch(number ->
                        number == 0 || number == part || (number == one.number() && isOfAll(one)));
    }

    /// Whether the send's number stands for all of it: it is also that of its first part, where the
    /// provider has an id for that.
    private boolean isOfAll(Stretch one) {
        return !taken.contains(one.number());
    }

    /// A failure under the send's number is that of the whole send.
    private boolean isTaken(Stretch one, int part) {
        boolean failed =
                part != one.number()
                        && deliveries.stream()
                                .anyMatch(delivery ->
                                        delivery.part() == part
                                                && delivery.status() == Status.FAILED);
        return one.count() > 1 && taken.contains(part) && !failed;
    }
}
