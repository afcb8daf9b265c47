package io.tributary.testkit;

import io.tributary.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// What a [LoopbackProvider] does with one request.
///
/// ```java
/// LoopbackProvider.playing(
///         Turn.answer(429).retryAfter(Duration.ofSeconds(7)),
///         Turn.HANG_UP,
///         Turn.answer(201).body("application/json", "{\"id\":\"m1\"}"));
/// ```
public sealed interface Turn {

    /// Reads the request and says nothing.
    Turn SILENCE = Accident.SILENCE;

    /// Reads the request and hangs up without an answer.
    Turn HANG_UP = Accident.HANG_UP;

    /// Hangs up before it has read the request.
    Turn HANG_UP_UNREAD = Accident.HANG_UP_UNREAD;

    /// What can be told without a word.
    enum Accident implements Turn {
        SILENCE,
        HANG_UP,
        HANG_UP_UNREAD
    }

    /// An answer, or as much of it as comes.
    ///
    /// @param headers without `content-length`, which is always that of the whole body
    /// @param cutAfter after how many bytes of the body it hangs up; -1 also cuts the head; empty:
    ///   not at all
    /// @param pause before each byte of the body; zero: all of it at once
    record Answer(
            int status,
            Map<String, String> headers,
            Bytes body,
            OptionalInt cutAfter,
            Duration pause)
            implements Turn {

        public Answer {
            headers = Map.copyOf(headers);
        }

        /// The same with this header instead of any of that name.
        public Answer header(String name, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, more, body, cutAfter, pause);
        }

        /// The same with this body.
        ///
        /// @param type its media type
        public Answer body(String type, Bytes content) {
            return new Answer(status, headers, content, cutAfter, pause)
                    .header("content-type", type);
        }

        /// The same with this text as its body.
        public Answer body(String type, String content) {
            return body(type, Bytes.utf8(content));
        }

        /// The same with a body of this many bytes.
        public Answer huge(int bytes) {
            return body("application/octet-stream", Bytes.wrap(new byte[bytes]));
        }

        /// The same, asking to be left alone for this time.
        public Answer retryAfter(Duration wait) {
            return header("retry-after", Long.toString(wait.toSeconds()));
        }

        /// The same, asking to be left alone until then.
        ///
        /// @param now what the provider's clock says
        public Answer retryAfter(Instant now, Instant until) {
            return header("date", httpDate(now)).header("retry-after", httpDate(until));
        }

        /// The same, hanging up after this many bytes of the body.
        public Answer cutAfter(int bytes) {
            return new Answer(status, headers, body, OptionalInt.of(bytes), pause);
        }

        /// The same, hanging up within the head.
        public Answer cutWithinHead() {
            return cutAfter(-1);
        }

        /// The same, byte by byte.
        public Answer dripping(Duration beforeEachByte) {
            return new Answer(status, headers, body, cutAfter, beforeEachByte);
        }

        private static String httpDate(Instant at) {
            return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        }
    }

    /// An answer without body.
    static Answer answer(int status) {
        return new Answer(status, Map.of(), Bytes.EMPTY, OptionalInt.empty(), Duration.ZERO);
    }
}
