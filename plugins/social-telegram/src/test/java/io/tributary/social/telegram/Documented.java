package io.tributary.social.telegram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Updates: those whose names begin with `documented` are the examples of
/// https://core.telegram.org/bots/webhooks#testing-your-bot-with-updates, the others are written
/// after the types of https://core.telegram.org/bots/api.
final class Documented {

    static final Path FOLDER = Path.of("src/test/resources/updates");

    static final String TEXT = update("documented-text");

    static final List<String> NAMES = names();

    /// All of them.
    static final List<String> ALL = NAMES.stream().map(Documented::update).toList();

    private Documented() {}

    static String update(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException missing) {
            throw new UncheckedIOException("no update " + name, missing);
        }
    }

    private static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
