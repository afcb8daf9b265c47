package io.tributary.voice.twilio.simulator;

import java.util.List;

/// How people behave on a call. A value: each method answers a changed copy.
///
/// @param answer what happens when somebody of the company is rung, or the customer is called:
///   `in-progress`, `busy`, `no-answer`, `failed`
/// @param said what the customer says when somebody listens
/// @param key what the caller presses when offered; empty: nothing
/// @param patience how many seconds the caller waits in the queue
/// @param message whether the caller speaks on voicemail
/// @param stays whether a talk and a wait last until somebody does something about them
public record Script(
        String answer,
        List<String> said,
        String key,
        int patience,
        boolean message,
        boolean stays) {

    /// Everybody answers, nobody says anything, and it is over soon.
    public static final Script USUAL = new Script("in-progress", List.of(), "", 600, true, false);

    /// Keeps its own copy.
    public Script {
        said = List.copyOf(said);
    }

    /// With this in place of an answer.
    public Script answer(String status) {
        return new Script(status, said, key, patience, message, stays);
    }

    /// The customer says this, once connected.
    public Script says(String... words) {
        return new Script(answer, List.of(words), key, patience, message, stays);
    }

    /// The caller presses this key in the queue.
    public Script presses(String digit) {
        return new Script(answer, said, digit, patience, message, stays);
    }

    /// The caller hangs up after so many seconds in the queue.
    public Script patience(int seconds) {
        return new Script(answer, said, key, seconds, message, stays);
    }

    /// The caller stays until the call is redirected or ended.
    public Script staying() {
        return new Script(answer, said, key, patience, message, true);
    }
}
