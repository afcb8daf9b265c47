package io.tributary.voice.twilio;

import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Target;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.twilio.FieldsJson;
import io.tributary.twilio.JsonReader;
import java.util.List;
import java.util.Set;

/// What was said in a call, in writing: while it goes on
/// (https://www.twilio.com/docs/voice/twiml/transcription), and on voicemail.
final class Speech {

    private static final String SEGMENT = VoiceChannel.ID + ".segment";
    private static final Set<String> KEPT =
            Set.of("TranscriptionSid", "SequenceId", "Track", "LanguageCode");

    private static final Actor SOME_AGENT = new Actor(Actor.Kind.AGENT, null, null);

    private Speech() {}

    /// Whether it is the customer who speaks.
    ///
    /// @param track `inbound_track` is what Twilio hears on the leg, `outbound_track` what it plays
    ///   there
    /// @param leg `agent`: the leg is the agent's, who was called first
    static boolean isCustomers(String track, String leg) {
        return track.equals("inbound_track") != leg.equals(Callbacks.AGENT);
    }

    /// A segment that is final, or that the transcription failed.
    static List<Inbound> live(Fields fields, String leg) {
        return switch (fields.need("TranscriptionEvent")) {
            case "transcription-content" -> segment(fields, leg);
            case "transcription-error" ->
                    List.of(
                            Inbound.about(
                                            "",
                                            Target.external(fields.need("CallSid")),
                                            new Content.Custom(
                                                    Translation.EVENT,
                                                    FieldsJson.all(fields),
                                                    "The call could not be transcribed"))
                                    .id(id(fields)));
            default -> List.of();
        };
    }

    private static List<Inbound> segment(Fields fields, String leg) {
        var data = JsonReader.object(Bytes.utf8(fields.need("TranscriptionData")));
        if (!(data.get("transcript") instanceof String text)) {
            throw new Malformed("TranscriptionData has no transcript");
        }
        if (text.isBlank()) {
            return List.of();
        }
        boolean customer = isCustomers(fields.need("Track"), leg);
        var speaker = customer ? Actor.Kind.CUSTOMER : Actor.Kind.AGENT;
        var said =
                Inbound.about(
                                "",
                                Target.external(fields.need("CallSid")),
                                new Content.Transcript(text, speaker, false))
                        .id(id(fields))
                        .extension(
                                SEGMENT,
                                FieldsJson.some(fields, field -> KEPT.contains(field.name())));
        var time = Times.of(fields.first("Timestamp"));
        var timed = time == null ? said : said.at(time);
        return List.of(customer ? timed.by(Actor.CUSTOMER) : timed.ours(SOME_AGENT));
    }

    /// Each side of the call is counted apart.
    private static String id(Fields fields) {
        return CallSid.event(
                fields.need("CallSid"),
                value(fields, "TranscriptionSid"),
                value(fields, "SequenceId"),
                value(fields, "Track"));
    }

    private static String value(Fields fields, String name) {
        var value = fields.first(name);
        return value == null ? "" : value;
    }

    /// The words of a voicemail, all of them.
    static List<Inbound> voicemail(Fields fields) {
        var recording = fields.first("RecordingSid");
        var text = fields.first("TranscriptionText");
        if (!"completed".equals(fields.first("TranscriptionStatus"))
                || text == null
                || text.isBlank()) {
            return List.of();
        }
        var target = recording == null || recording.isEmpty() ? fields.need("CallSid") : recording;
        return List.of(
                Inbound.about(
                                "",
                                Target.external(target),
                                new Content.Transcript(text, Actor.Kind.CUSTOMER, true))
                        .id(
                                CallSid.event(
                                        fields.need("CallSid"), value(fields, "TranscriptionSid")))
                        .by(Actor.CUSTOMER));
    }
}
