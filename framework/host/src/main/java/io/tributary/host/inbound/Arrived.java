package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.model.Signal;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import io.tributary.spi.Translates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came in at once on one account, and how.
///
/// @param traceparent W3C trace context it came with; null for none
/// @param replayed whether the events were inbound dead letters before
record Arrived(
        OpenAccount account,
        Translates translates,
        List<RawEvent> events,
        List<State.Change> state,
        List<Signal> signals,
        Instant receivedAt,
        @Nullable String traceparent,
        boolean replayed) {}
