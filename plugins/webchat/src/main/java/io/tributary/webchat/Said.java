package io.tributary.webchat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One frame of the widget, read. What is kept has an id of the widget's making, under which it is
/// the same when it comes again.
sealed interface Said {

    /// What is kept.
    sealed interface Kept extends Said {

        /// The widget's id of it.
        String id();

        /// When the visitor said it, by their clock; null: they do not tell.
        @Nullable Instant at();

        /// On which page, without query; null: they do not tell.
        @Nullable String page();
    }

    /// A text.
    ///
    /// @param invitation to which it answers; null: none
    record Text(
            String id,
            @Nullable Instant at,
            @Nullable String page,
            String text,
            @Nullable String invitation)
            implements Kept {

        /// Nothing of what was said.
        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /// A choice that was made.
    ///
    /// @param of the interaction that offered it; null: nobody knows any more
    record Chosen(
            String id,
            @Nullable Instant at,
            @Nullable String page,
            String choice,
            String label,
            @Nullable String of)
            implements Kept {}

    /// A form that was filled in.
    ///
    /// @param of the interaction that asked; null: the widget itself did
    record Filled(
            String id,
            @Nullable Instant at,
            @Nullable String page,
            String form,
            Map<String, JsonNode> values,
            @Nullable String of)
            implements Kept {

        /// The form alone.
        @Override
        public String toString() {
            return "Filled[" + form + "]";
        }
    }

    /// A file that was uploaded.
    ///
    /// @param grant that it was uploaded by this visitor
    record File(
            String id,
            @Nullable Instant at,
            @Nullable String page,
            String media,
            String grant,
            String name,
            String type,
            long bytes)
            implements Kept {

        /// The type alone.
        @Override
        public String toString() {
            return "File[" + type + "]";
        }
    }

    /// The visitor wants the transcript by mail.
    record Transcript(String id, @Nullable Instant at, @Nullable String page, String email)
            implements Kept {

        /// Not to whom.
        @Override
        public String toString() {
            return "Transcript[]";
        }
    }

    /// The visitor has ended the chat.
    record Ended(String id, @Nullable Instant at, @Nullable String page) implements Kept {}

    /// The visitor has read everything up to this time.
    record Read(Instant until) implements Said {}

    /// The visitor wants to upload a file.
    record Wish(String id, String name, String type, long bytes) implements Said {

        /// The type alone.
        @Override
        public String toString() {
            return "Wish[" + type + "]";
        }
    }

    /// The visitor wants to see a file whose link has ended.
    record Look(String media, String grant) implements Said {}

    /// The visitor is writing, or not any more.
    record Typing(boolean on) implements Said {}

    /// The widget has a message of ours.
    record Got(String key) implements Said {}

    /// Is anybody there?
    record Ping() implements Said {}

    /// What a newer widget says.
    record Strange() implements Said {}
}
