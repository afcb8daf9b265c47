package io.tributary.spi;

import io.tributary.model.Bytes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A small durable store of one account, the same on all members.
///
/// For cursors, tokens, device registrations: values of at most 64 kB under keys of at most 512
/// characters. Never put there what a customer said. What is written must be readable by the
/// version of the plugin before and by every later one (guarantee 8). Time spent here does not
/// count against a call's deadline (guarantee 2).
///
/// Keys that begin with [#RESERVED] are the host's: they are neither shown nor written.
@HostProvided
public interface State {

    /// Largest value, in bytes.
    int LARGEST_VALUE = 64 * 1024;

    /// How the keys begin under which the host itself keeps something of the account.
    String RESERVED = "tributary.";

    /// What is stored under a key; null where nothing is, or no longer.
    ///
    /// @throws java.io.UncheckedIOException the store cannot be read now
    @Nullable Entry read(String key);

    /// All entries whose key begins with `prefix`, ordered by key.
    ///
    /// @throws java.io.UncheckedIOException the store cannot be read now
    List<Entry> list(String prefix);

    /// Writes all of it durably or nothing.
    ///
    /// @throws NotStored CONFLICT if an entry is no longer as a change expects it (read again),
    ///   UNAVAILABLE if the store cannot be written, LOST if the caller's lease has ended
    void write(Change... changes) throws NotStored;

    /// What is stored under a key.
    ///
    /// @param version more than 0; another one after every write
    record Entry(String key, Bytes value, long version) {}

    /// One change.
    ///
    /// @param expected the version that must be there: 0 nothing at all, [#ANY] whatever
    /// @param value what to store; null removes
    /// @param lasts after this time it is gone; null: it stays
    record Change(String key, long expected, @Nullable Bytes value, @Nullable Duration lasts) {

        /// Expects nothing.
        public static final long ANY = -1;

        public Change {
            Shape.name(key, "a state key");
            if (key.startsWith(RESERVED)) {
                throw new IllegalArgumentException(
                        "state keys that begin with '" + RESERVED + "' are the host's: " + key);
            }
            if (expected < ANY) {
                throw new IllegalArgumentException("no such version: " + expected);
            }
            if (value != null && value.length() > LARGEST_VALUE) {
                throw new IllegalArgumentException(
                        "the value of state key '"
                                + key
                                + "' has "
                                + value.length()
                                + " bytes, at most "
                                + LARGEST_VALUE);
            }
            if (lasts != null) {
                Shape.positive(lasts, "how long a state entry lasts");
            }
        }

        /// Stores a value if the entry still is as it was read.
        ///
        /// @param before what [State#read(String)] answered; null: there must be nothing
        public static Change put(String key, @Nullable Entry before, Bytes value) {
            return new Change(key, before == null ? 0 : before.version(), value, null);
        }

        /// Stores a value whatever was there.
        public static Change set(String key, Bytes value) {
            return new Change(key, ANY, value, null);
        }

        /// Removes whatever is there.
        public static Change remove(String key) {
            return new Change(key, ANY, null, null);
        }

        /// Removes the entry if it still is as it was read.
        public static Change remove(Entry before) {
            return new Change(before.key(), before.version(), null, null);
        }

        /// The same, gone after this time.
        public Change lasts(Duration time) {
            return new Change(key, expected, value, time);
        }
    }
}
