package io.tributary.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a card lies: among the channel's classes, so that it travels in the jar.
final class ScoreCardFile {

    static final String NAME = "META-INF/tributary/score-card.json";

    /// The form of the file.
    private static final int FORMAT = 1;

    private final @Nullable Path folder;
    private @Nullable ClassFiles classes;

    /// @param folder of the channel's classes; null: they come from a jar, into which nobody writes
    ScoreCardFile(@Nullable Path folder) {
        this.folder = folder;
    }

    static ScoreCardFile beside(Class<?> channel) {
        var source = channel.getProtectionDomain().getCodeSource();
        var place = source == null ? null : path(source.getLocation());
        return new ScoreCardFile(place != null && Files.isDirectory(place) ? place : null);
    }

    /// Takes away every card that the loader can see: whose is not known.
    static void forgetAll(ClassLoader loader) {
        try {
            for (var url : Collections.list(loader.getResources(NAME))) {
                var file = path(url);
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException stays) {
            throw new UncheckedIOException("an earlier score card cannot be removed", stays);
        }
    }

    /// The folder of the classes; null: nothing is written.
    @Nullable Path folder() {
        return folder;
    }

    /// Takes the card of an earlier run away: whatever becomes of the run that begins, it does not
    /// stay.
    void forget() {
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException stays) {
            throw new UncheckedIOException("an earlier score card cannot be removed", stays);
        }
    }

    void write(ScoreCard card) {
        if (folder == null) {
            return;
        }
        try {
            var made = classes;
            if (made == null) {
                made = ClassFiles.in(folder);
                classes = made;
            }
            var file = folder.resolve(NAME);
            var beside = file.resolveSibling("score-card.json.new");
            Files.createDirectories(file.getParent());
            Files.writeString(beside, text(card, made));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the score card cannot be written", failure);
        }
    }

    /// The same run of the same classes makes the same text: builds stay reproducible.
    private static String text(ScoreCard card, ClassFiles classes) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        var grade = card.grade();
        fields.put("format", FORMAT);
        fields.put("grade", grade == null ? "none" : grade.word());
        fields.put("channel", card.channel());
        fields.put("spi", ScoreCard.SPI);
        for (var result : Verdict.Result.values()) {
            fields.put(camelCase(result.word()), card.count(result));
        }
        var made = new LinkedHashMap<String, @Nullable Object>();
        made.put("count", classes.count());
        made.put("packages", classes.packages());
        made.put("sha256", classes.sha256());
        fields.put("classes", made);
        var checks = new ArrayList<@Nullable Object>();
        for (var entry : card.entries()) {
            var check = new LinkedHashMap<String, @Nullable Object>();
            check.put("grade", entry.grade().word());
            check.put("about", entry.about());
            check.put("promise", entry.promise());
            check.put("result", entry.verdict().result().word());
            if (!entry.verdict().text().isEmpty()) {
                check.put("text", entry.verdict().text());
            }
            checks.add(check);
        }
        fields.put("checks", List.copyOf(checks));
        return JsonText.of(fields) + "\n";
    }

    private static String camelCase(String words) {
        int blank = words.indexOf(' ');
        return blank < 0
                ? words
                : words.substring(0, blank)
                        + Character.toUpperCase(words.charAt(blank + 1))
                        + words.substring(blank + 2);
    }

    private static @Nullable Path path(@Nullable URL place) {
        if (place == null || !place.getProtocol().equals("file")) {
            return null;
        }
        try {
            return Path.of(new URI(place.toString()));
        } catch (URISyntaxException | IllegalArgumentException strange) {
            return null;
        }
    }
}
