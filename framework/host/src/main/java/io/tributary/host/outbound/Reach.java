package io.tributary.host.outbound;

import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import io.tributary.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a step of a plan has come.
///
/// @param reached whether all of it got far enough
/// @param failure why it will not; null: it may
/// @param begun whether the provider was called with something of it, and may have taken it
/// @param waiting its sends that were not handed over yet
record Reach(boolean reached, @Nullable Reason failure, boolean begun, List<Outbox.Send> waiting) {

    static Reach of(Outbox outbox, InteractionId step, Status until) {
        var sends = outbox.of(step);
        var deliveries = outbox.deliveries(step);
        if (sends.isEmpty()) {
            return new Reach(
                    false, Reason.of("not-kept", "it is no longer kept"), false, List.of());
        }
        return new Reach(
                sends.stream().allMatch(send -> got(send, deliveries, until)),
                failure(sends, deliveries),
                sends.stream().anyMatch(Reach::isBegun),
                sends.stream().filter(Reach::isWaiting).toList());
    }

    /// As [io.tributary.host.journal.Expect.NotReached] tests it.
    private static boolean got(Outbox.Send send, List<Outbox.Delivery> deliveries, Status until) {
        return deliveries.stream()
                .filter(delivery -> delivery.part() == 0 || delivery.part() == send.firstPart())
                .map(Outbox.Delivery::status)
                .anyMatch(status -> status != Status.FAILED && status.compareTo(until) >= 0);
    }

    private static @Nullable Reason failure(
            List<Outbox.Send> sends, List<Outbox.Delivery> deliveries) {
        for (var send : sends) {
            if (send.state() == State.REJECTED || send.state() == State.EXPIRED) {
                return filled(send.reason());
            }
        }
        return deliveries.stream()
                .filter(delivery -> delivery.status() == Status.FAILED)
                .map(delivery -> filled(delivery.reason()))
                .findFirst()
                .orElse(null);
    }

    private static Reason filled(@Nullable Reason reason) {
        return reason == null ? Reason.of("failed", "it failed") : reason;
    }

    private static boolean isBegun(Outbox.Send send) {
        return switch (send.state()) {
            case SENDING, UNKNOWN, ACCEPTED -> true;
            case QUEUED, HELD, REJECTED, EXPIRED -> false;
        };
    }

    private static boolean isWaiting(Outbox.Send send) {
        return send.state() == State.QUEUED || send.state() == State.HELD;
    }
}
