package io.tributary.host.outbound;

import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How far a step of a plan has come.
///
/// @param reached whether all of it got far enough
/// @param some whether something of it did
/// @param taken whether the provider has, or may have, something of it that has not failed
/// @param failure why not all of it will get there; null: it may
/// @param takenBack why all of it was taken back before it was sent; null: it was not
/// @param waiting its sends that are not handed over now
record Reach(
        boolean reached,
        boolean some,
        boolean taken,
        @Nullable Reason failure,
        @Nullable Reason takenBack,
        List<Outbox.Send> waiting) {

    private static final Reach NOT_KEPT =
            new Reach(
                    false,
                    false,
                    false,
                    Reason.of("not-kept", "it is no longer kept"),
                    null,
                    List.of());

    /// Blocking.
    static Reach of(Journal journal, InteractionId step, Status until) {
        var sends = journal.outbox().of(step);
        if (sends.isEmpty()) {
            return NOT_KEPT;
        }
        var known = new Known(sends, journal.outbox().deliveries(step), bound(journal, sends));
        return new Reach(
                sends.stream().allMatch(send -> known.got(send, until)),
                known.deliveries().stream().anyMatch(each -> isEnough(each.status(), until)),
                sends.stream().anyMatch(known::isTaken),
                known.failure(),
                known.takenBack(),
                sends.stream().filter(Reach::isWaiting).toList());
    }

    /// The numbers of the parts of which the provider gave an id: read only where a send that is
    /// not with the provider now was there before.
    private static Set<Integer> bound(Journal journal, List<Outbox.Send> sends) {
        var step = sends.getFirst().interaction();
        return sends.stream().noneMatch(send -> send.attempt() > 0 && !isOut(send))
                ? Set.of()
                : journal.directory().references(step).stream()
                        .filter(reference -> !SendKey.isOf(step, reference.externalId()))
                        .map(Directory.Reference::part)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isEnough(Status status, Status until) {
        return status != Status.FAILED && status.compareTo(until) >= 0;
    }

    private static boolean isOut(Outbox.Send send) {
        return switch (send.state()) {
            case SENDING, UNKNOWN, ACCEPTED -> true;
            case QUEUED, HELD, REJECTED, EXPIRED -> false;
        };
    }

    private static boolean isWaiting(Outbox.Send send) {
        return send.state() == State.QUEUED || send.state() == State.HELD;
    }

    private static boolean isFinal(Outbox.Send send) {
        return send.state() == State.REJECTED || send.state() == State.EXPIRED;
    }

    private record Known(
            List<Outbox.Send> sends, List<Outbox.Delivery> deliveries, Set<Integer> bound) {

        /// As [io.tributary.host.journal.Expect.NotReached] tests it.
        boolean got(Outbox.Send send, Status until) {
            return deliveries.stream()
                    .filter(delivery -> isOfAll(delivery, send))
                    .anyMatch(delivery -> isEnough(delivery.status(), until));
        }

        private static boolean isOfAll(Outbox.Delivery delivery, Outbox.Send send) {
            return delivery.part() == 0 || delivery.part() == send.firstPart();
        }

        private static boolean carries(Outbox.Send send, int part) {
            return part == 0
                    || (part >= send.firstPart() && part < send.firstPart() + send.parts());
        }

        boolean isTaken(Outbox.Send send) {
            boolean arrived =
                    deliveries.stream()
                            .filter(delivery -> carries(send, delivery.part()))
                            .anyMatch(delivery -> isEnough(delivery.status(), Status.DELIVERED));
            return arrived
                    || switch (send.state()) {
                        case SENDING -> true;
                        case UNKNOWN, ACCEPTED -> !hasFailed(send);
                        case QUEUED, HELD, REJECTED, EXPIRED ->
                                bound.stream().anyMatch(part -> carries(send, part));
                    };
        }

        /// Whether that is told of all of it. Under the number of the first of several parts it may
        /// be told of that alone, and of one recipient nothing follows for others.
        private boolean hasFailed(Outbox.Send send) {
            return deliveries.stream()
                    .filter(delivery -> delivery.status() == Status.FAILED)
                    .filter(delivery -> delivery.recipient().isEmpty())
                    .anyMatch(delivery ->
                            delivery.part() == 0
                                    || (delivery.part() == send.firstPart() && send.parts() == 1));
        }

        /// What the plan took back is no failure.
        @Nullable Reason failure() {
            for (var send : sends) {
                if (isFinal(send) && !Instead.isTakenBack(send.reason())) {
                    return filled(send.reason());
                }
            }
            return deliveries.stream()
                    .filter(delivery -> delivery.status() == Status.FAILED)
                    .filter(delivery -> !Instead.isTakenBack(delivery.reason()))
                    .map(delivery -> filled(delivery.reason()))
                    .findFirst()
                    .orElse(null);
        }

        private static Reason filled(@Nullable Reason reason) {
            return reason == null ? Reason.of("failed", "it failed") : reason;
        }

        @Nullable Reason takenBack() {
            boolean all =
                    sends.stream()
                            .allMatch(send -> isFinal(send) && Instead.isTakenBack(send.reason()));
            return all && sends.stream().noneMatch(this::isTaken)
                    ? sends.getFirst().reason()
                    : null;
        }
    }
}
