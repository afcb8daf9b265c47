package io.tributary.voice.twilio;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Content.Media;
import io.tributary.model.Target;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.twilio.FieldsJson;
import java.util.List;
import java.util.Set;

/// Recordings, which are ready whenever Twilio has worked on them, often long after the call.
final class Recordings {

    private static final String RECORDING = VoiceChannel.ID + ".recording";
    private static final Set<String> KEPT =
            Set.of("RecordingSid", "RecordingDuration", "RecordingChannels", "RecordingSource");

    /// Twilio makes the file of the type that is asked for.
    private static final String FILE = ".mp3";

    private static final String TYPE = "audio/mpeg";

    private Recordings() {}

    static List<Inbound> of(Fields fields) {
        return switch (fields.need("RecordingStatus")) {
            case "completed" -> List.of(ready(fields));
            case "absent", "failed" ->
                    List.of(
                            Inbound.about(
                                            "",
                                            Target.external(fields.need("CallSid")),
                                            new Content.Custom(
                                                    Translation.EVENT,
                                                    FieldsJson.all(fields),
                                                    "There is no recording of the call"))
                                    .id(id(fields, "none")));
            default -> List.of();
        };
    }

    private static Inbound ready(Fields fields) {
        boolean voicemail = "RecordVerb".equals(fields.first("RecordingSource"));
        var media = Media.pending(voicemail ? Media.Kind.VOICE : Media.Kind.AUDIO, TYPE);
        var part =
                InboundPart.of(media)
                        .id(fields.need("RecordingSid"))
                        .fetch(fields.need("RecordingUrl") + FILE);
        var recording =
                Inbound.about("", Target.external(fields.need("CallSid")), List.of(part))
                        .id(id(fields, "ready"))
                        .by(voicemail ? Actor.CUSTOMER : Actor.SYSTEM)
                        .extension(
                                RECORDING,
                                FieldsJson.some(fields, field -> KEPT.contains(field.name())));
        var began = Times.of(fields.first("RecordingStartTime"));
        return began == null ? recording : recording.at(began);
    }

    private static String id(Fields fields, String what) {
        return CallSid.event(fields.need("CallSid"), fields.need("RecordingSid"), what);
    }
}
