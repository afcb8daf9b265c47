package io.tributary.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// An account's settings, already checked against the channel's schema. Immutable.
///
/// A key is one name, such as `number`; what is nested is reached by [#section(String)]. A method
/// for a single value throws [Unusable] where the key is missing or holds something else; the
/// variants with a second argument answer that where the key is missing.
@HostProvided
public interface Settings {

    /// Whether the key is there, as a value, a list, a section or a secret.
    boolean has(String key);

    String text(String key);

    default String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /// A whole number.
    long number(String key);

    default long number(String key, long otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    boolean flag(String key);

    default boolean flag(String key, boolean otherwise) {
        return has(key) ? flag(key) : otherwise;
    }

    /// An absolute address.
    URI uri(String key);

    default URI uri(String key, URI otherwise) {
        return has(key) ? uri(key) : otherwise;
    }

    /// ISO-8601 (`PT30S`) or a whole number with a unit: `500ms`, `30s`, `10m`, `2h`, `3d`.
    Duration duration(String key);

    default Duration duration(String key, Duration otherwise) {
        return has(key) ? duration(key) : otherwise;
    }

    /// A list of texts; empty where the key is missing.
    List<String> texts(String key);

    /// What is nested under the key; an empty section where the key is missing, whose own missing
    /// keys are then named by their whole path.
    Settings section(String key);

    /// A list of sections; empty where the key is missing.
    List<Settings> sections(String key);

    /// The names that are set here, secrets' among them.
    Set<String> keys();

    /// A value that nobody may see.
    Secret secret(String key);

    /// A setting is missing or holds something else than was asked for. The text names the key by
    /// its whole path and never shows the value.
    final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String key;

        public Unusable(String key, String what) {
            super("setting '" + key + "' " + what);
            this.key = key;
        }

        /// The whole path, such as `retry.limit`.
        public String key() {
            return key;
        }
    }
}
