package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.model.Span;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// The formatting that a channel shows. What it does not show is left out of a text; the address
/// that a link leads to then stands behind its words.
///
/// A channel names it as `text.spans`, with the kinds as values; no values: all of them.
///
/// @param shown whether a span stays
record Formatting(Predicate<Span> shown) {

    static Formatting of(Capabilities capabilities) {
        var support = capabilities.support("text.spans");
        if (support.level() != Level.FULL && support.level() != Level.PARTIAL) {
            return new Formatting(_ -> false);
        }
        Set<String> kinds = support.values();
        return new Formatting(span ->
                kinds.isEmpty() || kinds.contains(span.kind().name().toLowerCase(Locale.ROOT)));
    }

    /// The same object where nothing has to be left out.
    Content of(Content content) {
        return switch (content) {
            case Content.Text text -> of(text);
            case Content.Edited edited -> edited(edited);
            default -> content;
        };
    }

    /// The same object where nothing has to be left out.
    Content.Text of(Content.Text text) {
        if (text.spans().stream().allMatch(shown)) {
            return text;
        }
        var characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.text());
        var links =
                text.spans().stream()
                        .filter(shown.negate())
                        .filter(span -> isToBeTold(span, text.text()))
                        .map(span -> Address.behind(span, characters))
                        .sorted(Comparator.comparingInt(Address::at))
                        .toList();
        var plain = new StringBuilder();
        int from = 0;
        for (var link : links) {
            plain.append(text.text(), from, link.at()).append(link.told());
            from = link.at();
        }
        plain.append(text.text(), from, text.text().length());
        return new Content.Text(plain.toString(), moved(text.spans(), links));
    }

    /// What is put in behind the words of a link.
    ///
    /// @param at never within what a reader sees as one character
    private record Address(int at, String told) {

        static Address behind(Span link, BreakIterator characters) {
            int end = end(link);
            return new Address(
                    characters.isBoundary(end) ? end : characters.following(end),
                    " (" + link.value() + ")");
        }
    }

    private Content edited(Content.Edited edited) {
        var parts = new ArrayList<Part>();
        boolean same = true;
        for (var part : edited.parts()) {
            var content = of(part.content());
            same &= content.equals(part.content());
            parts.add(new Part(part.number(), content, part.unknown()));
        }
        return same ? edited : new Content.Edited(parts);
    }

    private static boolean isToBeTold(Span span, String text) {
        return span.kind() == Span.Kind.LINK
                && span.value() != null
                && !text.substring(span.start(), end(span)).equals(span.value());
    }

    private static int end(Span span) {
        return span.start() + span.length();
    }

    /// What stays, where it is once addresses stand between the words.
    private List<Span> moved(List<Span> spans, List<Address> links) {
        return spans.stream()
                .filter(shown)
                .map(span -> {
                    int start = span.start() + before(span.start(), links, true);
                    int end = end(span) + before(end(span), links, false);
                    return new Span(start, end - start, span.kind(), span.value());
                })
                .toList();
    }

    /// How much is put in before a place.
    private static int before(int place, List<Address> links, boolean atIt) {
        return links.stream()
                .filter(link -> link.at() < place || (atIt && link.at() == place))
                .mapToInt(link -> link.told().length())
                .sum();
    }
}
