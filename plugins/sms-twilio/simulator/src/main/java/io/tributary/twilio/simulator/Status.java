package io.tributary.twilio.simulator;

import java.util.Locale;

/// Where a message stands, in the order in which it advances.
public enum Status {
    ACCEPTED,
    SCHEDULED,
    QUEUED,
    SENDING,
    SENT,
    UNDELIVERED,
    FAILED,
    CANCELED,
    DELIVERED,
    READ,
    RECEIVING,
    RECEIVED;

    /// As Twilio writes it.
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
