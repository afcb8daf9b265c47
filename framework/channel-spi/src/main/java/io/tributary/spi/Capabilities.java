package io.tributary.spi;

import io.tributary.model.Content.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a conversation can carry now. Built from [#NONE].
///
/// @param content by type: `text`, `media.image`, `edited`, `callOrder`, `custom.kiosk.print`; what
///   is not named is [Level#REFUSED]. `text.spans` is the formatting of texts, with its kinds as
///   values (`bold`, `link`); without it texts come plain
/// @param together how many parts one send can carry, at most one text among them; 1 or more
/// @param window until when which content may be sent; null: no window
/// @param rates how fast the provider takes messages; the host keeps to it
/// @param receipts what the provider reports by itself
/// @param mayStart whether we may write first
public record Capabilities(
        Map<String, Support> content,
        int together,
        @Nullable Window window,
        List<Rate> rates,
        Set<Receipt.Status> receipts,
        boolean mayStart) {

    /// Nothing can be sent.
    public static final Capabilities NONE =
            new Capabilities(Map.of(), 1, null, List.of(), Set.of(), false);

    public Capabilities {
        content = Map.copyOf(content);
        rates = List.copyOf(rates);
        receipts = Set.copyOf(receipts);
        if (together < 1) {
            throw new IllegalArgumentException("together must be at least 1, is " + together);
        }
    }

    /// How well a type of content is carried.
    public enum Level {
        /// Not at all; the author is told before.
        REFUSED,
        /// The message goes without it.
        LOST,
        /// As its plain text.
        FALLBACK,
        /// Within the limits that the support names; beyond them adapted.
        PARTIAL,
        /// As it is, within the limits that the support names.
        FULL
    }

    /// What the length of a text is counted in.
    public enum Unit {
        UTF16,
        CODE_POINTS,
        UTF8_BYTES
    }

    /// Until when which content may be sent.
    ///
    /// @param closesAt null: closed already
    /// @param after the types that may be sent afterwards, in the words of [Capabilities#content]
    public record Window(@Nullable Instant closesAt, Set<String> after) {

        public Window {
            after = Set.copyOf(after);
        }

        public static Window closesAt(Instant at, String... after) {
            return new Window(at, Set.of(after));
        }

        public static Window closed(String... after) {
            return new Window(null, Set.of(after));
        }
    }

    /// How fast the provider takes messages.
    ///
    /// @param scope what each have a rate of their own
    /// @param permits how many messages, 1 or more
    /// @param per in which time
    public record Rate(Scope scope, int permits, Duration per) {

        public Rate {
            if (permits < 1) {
                throw new IllegalArgumentException("a rate needs at least 1 permit");
            }
            Shape.positive(per, "the time of a rate");
        }

        public static Rate of(Scope scope, int permits, Duration per) {
            return new Rate(scope, permits, per);
        }
    }

    /// How well one type of content is carried, and its limits. 0 and empty mean: no limit.
    ///
    /// @param length of its text, in units
    /// @param count how many choices, cards, fields
    /// @param label length of one choice's label, in units
    /// @param bytes of a file
    /// @param values which ones: media types, call orders, emoji, kinds of spans
    /// @param age how old what it is about may be, such as a message to edit
    public record Support(
            Level level,
            int length,
            Unit unit,
            int count,
            int label,
            long bytes,
            Set<String> values,
            Duration age) {

        /// Not carried at all.
        public static final Support REFUSED = of(Level.REFUSED);

        public Support {
            values = Set.copyOf(values);
            Shape.notNegative(length, "a support's length");
            Shape.notNegative(count, "a support's count");
            Shape.notNegative(label, "a support's label");
            Shape.notNegative(bytes, "a support's bytes");
            Shape.notNegative(age, "a support's age");
        }

        public static Support of(Level level) {
            return new Support(level, 0, Unit.UTF16, 0, 0, 0, Set.of(), Duration.ZERO);
        }

        /// Carried as it is, without limits.
        public static Support full() {
            return of(Level.FULL);
        }

        public Support level(Level other) {
            return new Support(other, length, unit, count, label, bytes, values, age);
        }

        public Support length(int most, Unit countedIn) {
            return new Support(level, most, countedIn, count, label, bytes, values, age);
        }

        public Support count(int most) {
            return new Support(level, length, unit, most, label, bytes, values, age);
        }

        public Support label(int most) {
            return new Support(level, length, unit, count, most, bytes, values, age);
        }

        public Support bytes(long most) {
            return new Support(level, length, unit, count, label, most, values, age);
        }

        public Support values(String... only) {
            return new Support(level, length, unit, count, label, bytes, Set.of(only), age);
        }

        public Support age(Duration most) {
            return new Support(level, length, unit, count, label, bytes, values, most);
        }
    }

    /// How well a type of content is carried; [Support#REFUSED] where it is not named.
    public Support support(String type) {
        return content.getOrDefault(type, Support.REFUSED);
    }

    /// The same with one more type of content.
    public Capabilities with(String type, Support support) {
        var more = new HashMap<>(content);
        more.put(Shape.name(type, "a content type"), support);
        return new Capabilities(more, together, window, rates, receipts, mayStart);
    }

    /// The same with this many parts in one send.
    public Capabilities together(int parts) {
        return new Capabilities(content, parts, window, rates, receipts, mayStart);
    }

    /// The same within a window.
    public Capabilities window(Window other) {
        return new Capabilities(content, together, other, rates, receipts, mayStart);
    }

    /// The same at these rates.
    public Capabilities rates(Rate... others) {
        return new Capabilities(content, together, window, List.of(others), receipts, mayStart);
    }

    /// The same with these receipts.
    public Capabilities receipts(Receipt.Status... others) {
        return new Capabilities(content, together, window, rates, Set.of(others), mayStart);
    }

    /// The same where we may write first.
    public Capabilities start() {
        return new Capabilities(content, together, window, rates, receipts, true);
    }
}
