package io.tributary.voice.twilio;

import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.State;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Who is on which call while it lasts: what is said right now comes with the call's id alone.
final class LiveCalls {

    private static final String PREFIX = "call ";
    private static final String AGENT = "\nagent";

    /// Twilio ends every call after a day.
    private static final Duration LONGEST_CALL = Duration.ofDays(1);

    private final State state;

    LiveCalls(State state) {
        this.state = state;
    }

    /// A call between these ends.
    static State.Change began(String callSid, String line, String address) {
        return kept(callSid, line + '\n' + address);
    }

    /// A call with an agent who is to be connected with the customer.
    static State.Change beganWithAgent(String callSid, String line, String address) {
        return kept(callSid, line + '\n' + address + AGENT);
    }

    private static State.Change kept(String callSid, String ends) {
        return State.Change.set(PREFIX + callSid, Bytes.utf8(ends)).lasts(LONGEST_CALL);
    }

    /// Whether it is an agent whom Twilio called by that id.
    boolean isAgents(String callSid) {
        var entry = state.read(PREFIX + callSid);
        return entry != null && entry.value().utf8().endsWith(AGENT);
    }

    /// What the customer is saying; null: nobody knows which customer.
    @Nullable Signal saying(String callSid, String text) {
        var entry = state.read(PREFIX + callSid);
        if (entry == null) {
            return null;
        }
        var ends = entry.value().utf8().split("\n", -1);
        return Signal.transcript(ends[0], ends[1], text);
    }
}
