package io.tributary.voice.twilio.simulator;

import io.tributary.twilio.simulator.Form;
import io.tributary.twilio.simulator.Json;
import io.tributary.twilio.simulator.Sids;
import io.tributary.voice.twilio.simulator.Document.Verb;
import java.net.URI;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Does what documents say with one call, until it is over. One thread.
final class Run {

    /// How long it takes to hear what is played to whoever waits.
    private static final int ONE_ROUND = 20;

    private static final int LENGTH = 7;

    private final Ring ring;
    private final Script script;
    private final VoiceSimulator simulator;
    private final Postbox post;
    private final Requests requests;
    private final ConcurrentMap<String, byte[]> recordings;
    private final URI self;
    private @Nullable URI transcription;
    private @Nullable URI recording;
    private int segment;

    Run(
            Ring ring,
            Script script,
            VoiceSimulator simulator,
            Postbox post,
            Requests requests,
            ConcurrentMap<String, byte[]> recordings,
            URI self) {
        this.ring = ring;
        this.script = script;
        this.simulator = simulator;
        this.post = post;
        this.requests = requests;
        this.recordings = recordings;
        this.self = self;
    }

    /// From the first document to the last.
    void through(@Nullable String first) throws InterruptedException {
        ring.status("in-progress");
        var next = first;
        while (next != null && !next.isEmpty()) {
            next = perform(Document.read(next));
        }
        ring.status("completed");
        if (transcription != null) {
            post.tell(ring.sid(), transcription, speech("transcription-stopped"));
        }
        if (recording != null) {
            tellRecording(recording, "StartCallRecordingTwiML");
        }
    }

    /// The next document; null: the call ends.
    private @Nullable String perform(Document document) throws InterruptedException {
        for (var verb : document.verbs()) {
            var ordered = ring.ordered(false);
            if (ordered != null) {
                return ordered;
            }
            switch (verb.name()) {
                case "Say", "Play" -> ring.hears(verb.text());
                case "Start" -> start(verb.within().getFirst());
                case "Redirect" -> {
                    return post.ask(ring.sid(), URI.create(verb.text()), requests.about(ring));
                }
                case "Dial" -> {
                    return dial(verb);
                }
                case "Enqueue" -> {
                    return enqueue(verb);
                }
                case "Record" -> {
                    return record(verb);
                }
                case "Hangup" -> {
                    return null;
                }
                default -> throw new IllegalArgumentException("12200: " + verb.name());
            }
        }
        return null;
    }

    private void start(Verb noun) throws InterruptedException {
        if (noun.name().equals("Transcription")) {
            transcription = noun.url("statusCallbackUrl");
            if (transcription != null) {
                post.tell(ring.sid(), transcription, speech("transcription-started"));
            }
        } else {
            recording = noun.url("recordingStatusCallback");
        }
    }

    private @Nullable String dial(Verb dial) throws InterruptedException {
        var noun = dial.within().getFirst();
        var sid = Sids.next("CA");
        var form = requests.about(ring).with("DialCallSid", sid);
        if (!script.answer().equals("in-progress")) {
            leg(noun, sid, script.answer());
            return ask(dial, form.with("DialCallStatus", script.answer()));
        }
        leg(noun, sid, "ringing");
        var second = simulator.leg(ring, sid, noun.text());
        leg(noun, sid, "in-progress");
        talk();
        var ordered = ring.ordered(script.stays());
        boolean alone = Ring.LEFT_ALONE.equals(ordered);
        if (alone) {
            simulator.goesOn(second, () -> leg(noun, sid, "completed"));
        } else {
            second.over();
            leg(noun, sid, "completed");
        }
        return ordered != null && !alone
                ? ordered
                : ask(
                        dial,
                        form.with("DialCallStatus", "completed")
                                .with("DialCallDuration", Integer.toString(LENGTH)));
    }

    private void leg(Verb noun, String sid, String status) throws InterruptedException {
        var event =
                switch (status) {
                    case "ringing" -> "ringing";
                    case "in-progress" -> "answered";
                    default -> "completed";
                };
        var url = noun.url("statusCallback");
        if (url != null && noun.attribute("statusCallbackEvent").contains(event)) {
            post.tell(sid, url, requests.leg(ring, sid, noun.text(), status, LENGTH));
        }
    }

    private void talk() throws InterruptedException {
        if (transcription == null) {
            return;
        }
        for (var words : script.said()) {
            var said = speech("transcription-content");
            post.tell(ring.sid(), transcription, content(said, words.substring(0, 1), "false"));
            post.tell(ring.sid(), transcription, content(said, words, "true"));
        }
    }

    private static Form content(Form form, String words, String last) {
        return form.with(
                        "TranscriptionData",
                        Json.write(Json.object("transcript", words, "confidence", 0.9)))
                .with("Track", "inbound_track")
                .with("Final", last)
                .with("LanguageCode", "en-US");
    }

    private Form speech(String event) {
        return requests.bare(ring)
                .with("TranscriptionSid", "GT" + ring.sid().substring(2))
                .with("TranscriptionEvent", event)
                .with("Timestamp", "2026-11-22T10:00:0" + Math.min(9, segment) + ".000Z")
                .with("SequenceId", Integer.toString(++segment));
    }

    private @Nullable String enqueue(Verb enqueue) throws InterruptedException {
        var wait = enqueue.url("waitUrl");
        int seconds = 0;
        while (seconds <= script.patience()) {
            var form =
                    requests.about(ring)
                            .with("QueueSid", queue())
                            .with("QueueTime", Integer.toString(seconds))
                            .with("QueuePosition", "1");
            var left = wait == null ? null : round(Document.read(post.ask(ring.sid(), wait, form)));
            if (left != null) {
                return leave(enqueue, left, seconds);
            }
            var ordered = ring.ordered(script.stays());
            if (ordered != null) {
                leave(enqueue, "redirected", seconds);
                return ordered;
            }
            seconds += ONE_ROUND;
        }
        leave(enqueue, "hangup", seconds);
        return null;
    }

    /// What the caller hears once; how they leave, or null: they wait on.
    private @Nullable String round(Document document) throws InterruptedException {
        for (var verb : document.verbs()) {
            switch (verb.name()) {
                case "Say", "Play" -> ring.hears(verb.text());
                case "Pause" -> {}
                case "Leave" -> {
                    return "leave";
                }
                case "Gather" -> {
                    verb.within().forEach(within -> ring.hears(within.text()));
                    var action = verb.url("action");
                    if (isInput(script.key(), verb) && action != null) {
                        var form = requests.about(ring).with("Digits", script.key());
                        return pressed(Document.read(post.ask(ring.sid(), action, form)));
                    }
                }
                default -> throw new IllegalArgumentException("12200: " + verb.name());
            }
        }
        return null;
    }

    /// Nobody is told of a key that only ends the input.
    private static boolean isInput(String key, Verb gather) {
        return !key.isEmpty() && !key.equals(gather.attribute("finishOnKey", "#"));
    }

    private @Nullable String pressed(Document document) {
        for (var verb : document.verbs()) {
            if (verb.name().equals("Say")) {
                ring.hears(verb.text());
            } else if (verb.name().equals("Hangup")) {
                return "hangup";
            }
        }
        return null;
    }

    private @Nullable String leave(Verb enqueue, String result, int seconds)
            throws InterruptedException {
        var next =
                ask(
                        enqueue,
                        requests.about(ring)
                                .with("QueueSid", queue())
                                .with("QueueTime", Integer.toString(seconds))
                                .with("QueueResult", result));
        return result.equals("leave") ? next : null;
    }

    private String queue() {
        return "QU" + ring.sid().substring(2);
    }

    private @Nullable String record(Verb record) throws InterruptedException {
        if (!script.message()) {
            return null;
        }
        var callback = record.url("recordingStatusCallback");
        var sid = callback == null ? keep() : tellRecording(callback, "RecordVerb");
        var words = record.url("transcribeCallback");
        if (words != null) {
            post.tell(
                    ring.sid(),
                    words,
                    requests.bare(ring)
                            .with("RecordingSid", sid)
                            .with("TranscriptionSid", "TR" + sid.substring(2))
                            .with("TranscriptionStatus", "completed")
                            .with("TranscriptionText", "Please call me."));
        }
        return ask(
                record,
                requests.about(ring)
                        .with("RecordingSid", sid)
                        .with("RecordingUrl", address(sid))
                        .with("RecordingDuration", "4"));
    }

    private String keep() {
        var sid = Sids.next("RE");
        recordings.put(sid, new byte[] {'s', 'o', 'u', 'n', 'd'});
        return sid;
    }

    private String tellRecording(URI callback, String source) throws InterruptedException {
        var sid = keep();
        post.tell(
                ring.sid(),
                callback,
                requests.bare(ring)
                        .with("RecordingSid", sid)
                        .with("RecordingUrl", address(sid))
                        .with("RecordingStatus", "completed")
                        .with("RecordingDuration", "4")
                        .with("RecordingChannels", "1")
                        .with("RecordingStartTime", requests.now())
                        .with("RecordingSource", source)
                        .with("ErrorCode", "0"));
        return sid;
    }

    private String address(String recordingSid) {
        return self + "/Recordings/" + recordingSid;
    }

    private @Nullable String ask(Verb verb, Form form) throws InterruptedException {
        var action = verb.url("action");
        return action == null ? null : post.ask(ring.sid(), action, form);
    }
}
