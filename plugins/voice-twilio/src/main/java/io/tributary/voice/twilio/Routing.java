package io.tributary.voice.twilio;

import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings say should happen to a call.
///
/// @param greeting what is said first; empty: nothing
/// @param speech how texts are spoken
/// @param ring who is rung, all at once; empty: nobody
/// @param queue where the caller waits; null: nowhere
/// @param voicemail what is recorded when nobody took the call; null: nothing
record Routing(
        String greeting,
        Speech speech,
        List<String> ring,
        Duration ringFor,
        @Nullable Queue queue,
        @Nullable Voicemail voicemail) {

    /// How texts are spoken; null: as Twilio does by itself.
    record Speech(@Nullable String language, @Nullable String voice) {}

    /// Where callers wait.
    ///
    /// @param music what they hear; null: silence
    /// @param callBack null: nobody is offered to be called back
    record Queue(String name, @Nullable URI music, @Nullable CallBack callBack) {}

    /// The key that asks to be called back, and what is said about it.
    record CallBack(String offer, String key, String taken) {}

    /// What is said before the tone, after which time in the queue, and how long one may speak.
    record Voicemail(String prompt, Duration after, Duration longest, boolean transcribed) {}

    private static final Duration RING_FOR = Duration.ofSeconds(20);
    private static final Duration AFTER = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    static Routing of(Settings settings) {
        return new Routing(
                settings.text("greeting", ""),
                new Speech(orNull(settings, "language"), orNull(settings, "voice")),
                settings.texts("ring"),
                settings.duration("ringFor", RING_FOR),
                settings.has("queue") ? queue(settings) : null,
                settings.has("voicemail") ? voicemail(settings) : null);
    }

    private static Queue queue(Settings settings) {
        var callBack =
                settings.has("callBackOffer")
                        ? new CallBack(
                                settings.text("callBackOffer"),
                                settings.text("callBackKey", "1"),
                                settings.text("callBackTaken", "Thank you. We will call you back."))
                        : null;
        return new Queue(settings.text("queue"), music(settings), callBack);
    }

    private static @Nullable URI music(Settings settings) {
        return settings.has("music") ? settings.uri("music") : null;
    }

    private static Voicemail voicemail(Settings settings) {
        return new Voicemail(
                settings.text("voicemail"),
                settings.duration("voicemailAfter", AFTER),
                settings.duration("longestVoicemail", LONGEST),
                settings.flag("transcribeVoicemail", false));
    }

    private static @Nullable String orNull(Settings settings, String key) {
        return settings.has(key) ? settings.text(key) : null;
    }

    /// What the schema cannot say.
    static void check(Settings settings, List<Problem> problems) {
        between(settings, "ringFor", Duration.ofSeconds(5), Duration.ofMinutes(10), problems);
        between(settings, "voicemailAfter", Duration.ofSeconds(10), Duration.ofHours(1), problems);
        between(settings, "longestVoicemail", Duration.ofSeconds(5), Duration.ofHours(1), problems);
        if (settings.has("callBackOffer") && !settings.has("queue")) {
            problems.add(
                    new Problem(
                            "routing.callBackOffer", "is said in the queue, and there is none"));
        }
    }

    private static void between(
            Settings settings,
            String key,
            Duration shortest,
            Duration longest,
            List<Problem> problems) {
        try {
            var time = settings.duration(key, shortest);
            if (time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0) {
                return;
            }
        } catch (Settings.Unusable unreadable) {
            // said below
        }
        problems.add(
                new Problem(
                        "routing." + key,
                        "must be a duration of %d s to %d s, such as 30s"
                                .formatted(shortest.toSeconds(), longest.toSeconds())));
    }
}
