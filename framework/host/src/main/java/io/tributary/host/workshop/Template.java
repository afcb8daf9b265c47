package io.tributary.host.workshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of a new project with holes in it: `{{name}}`.
record Template(String text) {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([A-Za-z.]+)}}");

    static Template named(String resource) {
        try (InputStream in = Template.class.getResourceAsStream("channel/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out channel/" + resource);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Fills the holes that a word is known for; others are for later readers.
    String filled(Map<String, String> words) {
        return HOLE.matcher(text)
                .replaceAll(hole ->
                        Matcher.quoteReplacement(words.getOrDefault(hole.group(1), hole.group())));
    }
}
