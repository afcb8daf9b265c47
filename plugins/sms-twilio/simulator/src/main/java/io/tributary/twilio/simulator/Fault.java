package io.tributary.twilio.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What goes wrong with one API request.
public sealed interface Fault {

    /// Nothing is taken; answered by 429 and error 20429.
    ///
    /// @param retryAfter as the header says; null: no such header
    record Throttled(@Nullable Duration retryAfter) implements Fault {}

    /// Nothing is taken; answered by this error.
    record Refused(int status, int code, String message) implements Fault {}

    /// The connection is closed before the request was looked at.
    record CutBefore() implements Fault {}

    /// The request is taken, then the connection is closed without an answer.
    record CutAfter() implements Fault {}

    /// The request is taken, and the connection closed in the middle of the answer.
    record CutWithin() implements Fault {}

    /// The request is taken at once and answered late.
    record Slow(Duration late) implements Fault {}

    /// The request is taken, and what is answered is something else.
    record Garbled(int status, String body) implements Fault {}

    /// The request is taken, and its answer comes byte by byte, with this pause after each.
    record Dripping(Duration pause) implements Fault {}

    /// The request is taken, and its answer never ends.
    record Endless() implements Fault {}

    /// Nothing is taken; answered by 500 and error 20500.
    static Fault broken() {
        return new Refused(500, 20500, "Internal Server Error");
    }
}
