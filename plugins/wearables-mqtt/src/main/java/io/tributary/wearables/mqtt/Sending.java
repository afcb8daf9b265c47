package io.tributary.wearables.mqtt;

import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;

/// Messages of ours over one connection. What the broker has not answered when it ends is not said
/// again at the next one: nobody knows whether it was taken.
final class Sending {

    private static final int USUAL_MOST = 0xFFFF;

    private final Wire wire;
    private final Outgoing outgoing;
    private final InstantSource clock;
    private final Outstanding outstanding;
    private final long mostBytes;

    /// @param granted what the broker said of itself
    Sending(Wire wire, Outgoing outgoing, PacketProperties granted, InstantSource clock) {
        this.wire = wire;
        this.outgoing = outgoing;
        this.clock = clock;
        this.outstanding =
                new Outstanding(
                        (int) granted.numberOr(PacketProperties.RECEIVE_MAXIMUM, USUAL_MOST));
        this.mostBytes = granted.numberOr(PacketProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE);
    }

    void answered(int id, int reason) {
        outstanding.answered(id, reason);
    }

    void end() {
        outstanding.end();
    }

    SendResult send(OutboundMessage message) throws InterruptedException {
        var ticket = outstanding.begin();
        if (ticket == null) {
            return gone();
        }
        var packet = outgoing.show(message, ticket.id(), clock.instant());
        if (packet == null) {
            outstanding.forget(ticket);
            return SendResult.rejected("content", "a wearable shows texts and two choices");
        }
        if (PacketWriter.publish(packet).length() > mostBytes) {
            outstanding.forget(ticket);
            return SendResult.rejected("too-large", "the broker takes no message of that size");
        }
        try {
            wire.say(packet);
            return result(ticket, message);
        } catch (Wire.NothingSaid nothing) {
            outstanding.forget(ticket);
            return gone();
        } catch (IOException cut) {
            return unanswered();
        }
    }

    private static SendResult result(Outstanding.Ticket ticket, OutboundMessage message)
            throws InterruptedException {
        try {
            int reason = ticket.reason().get();
            return reason == Outstanding.NO_ANSWER
                    ? unanswered()
                    : Reasons.result(reason, message.key());
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private static SendResult gone() {
        return SendResult.retry(
                Duration.ZERO, Scope.ACCOUNT, "not-connected", "the broker takes nothing");
    }

    private static SendResult unanswered() {
        return SendResult.unknown("no-answer", "the connection ended before the broker answered");
    }
}
