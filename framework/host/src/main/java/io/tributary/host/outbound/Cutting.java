package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Span;
import io.tributary.spi.Capabilities.Support;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts a long text into pieces that a channel carries: after a word where there is one in the
/// second half of a piece, and never inside what a reader sees as one character. Joined, the pieces
/// are the text; spans go along, in two where a cut goes through.
final class Cutting {

    private final Content.Text whole;
    private final String text;
    private final Support support;
    private final BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);

    private Cutting(Content.Text whole, Support support) {
        this.whole = whole;
        this.text = whole.text();
        this.support = support;
        characters.setText(text);
    }

    /// @param support with a length
    /// @param most so many pieces
    /// @return empty where it cannot be cut so that every piece fits
    static List<Content.Text> of(Content.Text whole, Support support, int most) {
        return new Cutting(whole, support).pieces(most);
    }

    private List<Content.Text> pieces(int most) {
        var pieces = new ArrayList<Content.Text>();
        for (int start = 0; start < text.length(); ) {
            int end = end(start);
            if (end == start || pieces.size() == most) {
                return List.of();
            }
            pieces.add(piece(start, end));
            start = end;
        }
        return List.copyOf(pieces);
    }

    /// @return `start` where not even one character fits
    private int end(int start) {
        int length = 0;
        int end = start;
        int word = start;
        for (int next = characters.following(start);
                next != BreakIterator.DONE;
                next = characters.next()) {
            length += Limits.length(text.substring(end, next), support.unit());
            if (length > support.length()) {
                return word - start > end - word ? word : end;
            }
            end = next;
            word = Character.isWhitespace(text.charAt(next - 1)) ? next : word;
        }
        return end;
    }

    private Content.Text piece(int start, int end) {
        var spans = new ArrayList<Span>();
        for (var span : whole.spans()) {
            int from = Math.max(span.start(), start);
            int to = Math.min(span.start() + span.length(), end);
            if (from < to) {
                spans.add(new Span(from - start, to - from, span.kind(), span.value()));
            }
        }
        return new Content.Text(text.substring(start, end), spans);
    }
}
