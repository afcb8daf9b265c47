package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.Http;
import io.tributary.spi.WebhookRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Keeps what a provider really said as files that may be shown to anybody: fixtures for tests,
/// read by [Fixtures].
///
/// Every value is replaced by one like it (the same by the same, in all files of one recorder):
/// phone numbers by numbers that nobody has, ids by ids, names and texts by letters. What is
/// harmless and needed is named with [#keeping(String...)]. Of the headers only the media type, the
/// provider's clock and `Retry-After` are kept, and those that are named; signatures never are: a
/// test signs anew. A file in which a secret of the account stands all the same is not written.
///
/// ```java
/// var recorder =
///         Recorder.into(folder, settings).keeping("status", "NumMedia").replacing(ours, "100");
/// var host = new FakeHost().recordingInto(recorder);
/// ```
public final class Recorder {

    private static final Set<String> HEADERS = Set.of("content-type", "date", "retry-after");

    private final Path folder;
    private final List<String> secrets;
    private final Set<String> harmless = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> told = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Replacements replacements = new Replacements();
    private final Map<String, Integer> numbers = new HashMap<>();

    private Recorder(Path folder, List<String> secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    /// Records into a folder.
    ///
    /// @param settings of the account; its secrets never come into a file
    public static Recorder into(Path folder, TestSettings settings) {
        return new Recorder(folder, settings.secrets());
    }

    /// Fields, parts of paths and headers whose values may stay as they are.
    public Recorder keeping(String... names) {
        harmless.addAll(List.of(names));
        return this;
    }

    /// Headers that bring data: they are kept, with their values replaced. Never a signature.
    public Recorder headers(String... names) {
        told.addAll(List.of(names));
        return this;
    }

    /// What is to stand for a value, such as the account's own number, so that it fits the settings
    /// of the tests.
    public Recorder replacing(String value, String instead) {
        replacements.set(value, instead);
        return this;
    }

    /// Keeps a webhook as `NAME.webhook.http`.
    public void webhook(String name, WebhookRequest request) {
        var address = FakeHost.webhookUrl(scrubber().path(request.path())).toString();
        var query = request.url().getRawQuery();
        write(
                name + ".webhook",
                FixtureText.request(
                        request.method(),
                        query == null ? address : address + "?" + scrubber().query(query),
                        headers(request.headers()),
                        scrubber().body(request.header("content-type"), request.body())));
    }

    /// Keeps a webhook that came to a [LoopbackProvider], which may stand where a tunnel from a
    /// provider's real service ends.
    public void webhook(String name, Asked asked) {
        int mark = asked.target().indexOf('?');
        var url = FakeHost.webhookUrl("");
        write(
                name + ".webhook",
                FixtureText.request(
                        asked.method(),
                        mark < 0
                                ? url.toString()
                                : url + "?" + scrubber().query(asked.target().substring(mark + 1)),
                        headers(asked.headers()),
                        scrubber().body(asked.header("content-type"), asked.body())));
    }

    /// Keeps a call and its answer as `NAME.call.http` and `NAME.answer.http`.
    public void exchange(String name, Http.Call call, Http.Answer answer) {
        var address = scrubber().value("", call.uri().toString());
        write(
                name + ".call",
                FixtureText.request(
                        call.method(),
                        address,
                        headers(call.headers()),
                        scrubber().body(first(call.headers()), call.body())));
        write(
                name + ".answer",
                FixtureText.answer(
                        answer.status(),
                        headers(answer.headers()),
                        scrubber().body(answer.header("content-type"), answer.body())));
    }

    /// Keeps what comes, under names that count.
    void webhook(WebhookRequest request) {
        webhook(next("webhook"), request);
    }

    /// Keeps what goes, under names that count.
    void exchange(Http.Call call, Http.Answer answer) {
        exchange(next("exchange"), call, answer);
    }

    private synchronized String next(String kind) {
        return String.format(Locale.ROOT, "%s-%03d", kind, numbers.merge(kind, 1, Integer::sum));
    }

    private Scrubber scrubber() {
        return new Scrubber(harmless, replacements);
    }

    private Map<String, String> headers(Map<String, List<String>> headers) {
        var kept = new TreeMap<String, String>();
        headers.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (HEADERS.contains(lower) || harmless.contains(name)) {
                kept.put(lower, values.getFirst());
            } else if (told.contains(name)) {
                kept.put(lower, scrubber().value(name, values.getFirst()));
            }
        });
        return kept;
    }

    private static String first(Map<String, List<String>> headers) {
        return headers.getOrDefault("content-type", List.of("")).getFirst();
    }

    private void write(String name, Bytes text) {
        if (Leaks.in(text.utf8(), secrets)) {
            throw new IllegalStateException(
                    "a secret of the account would stand in fixture "
                            + name
                            + ": take back what keeping() or replacing() says of its field");
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".http"), text.toArray());
        } catch (IOException failure) {
            throw new UncheckedIOException("fixture " + name + " cannot be written", failure);
        }
    }
}
