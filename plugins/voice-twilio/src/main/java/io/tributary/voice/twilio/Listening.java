package io.tributary.voice.twilio;

import org.jspecify.annotations.Nullable;

/// Has a call recorded and written down, where the settings say so.
///
/// @param language that is spoken; null: as Twilio guesses
record Listening(
        boolean records, boolean transcribes, @Nullable String language, Callbacks callbacks) {

    /// On the leg that the document is for.
    ///
    /// @param speaker whose leg it is; null: the customer's
    Twiml begin(Twiml document, @Nullable String speaker) {
        if (!records && !transcribes) {
            return document;
        }
        document.open("Start");
        if (records) {
            document.verb(
                    "Recording",
                    "channels",
                    "dual",
                    "recordingStatusCallback",
                    callbacks.to(Callbacks.RECORDING),
                    "recordingStatusCallbackEvent",
                    "completed absent");
            if (transcribes) {
                document.close("Start").open("Start");
            }
        }
        if (transcribes) {
            document.verb(
                    "Transcription",
                    "statusCallbackUrl",
                    callbacks.to(Callbacks.SPEECH, Callbacks.AS, speaker),
                    "track",
                    "both_tracks",
                    "partialResults",
                    "true",
                    "languageCode",
                    language);
        }
        return document.close("Start");
    }
}
