package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Leads a content down to what a channel carries: a carousel to its cards, a card to its choices,
/// choices to numbered text, a file to a link, a long text to pieces. It stops at the first rung
/// that holds. For one draft.
final class Ladder {

    /// So many parts one is cut into at the most.
    static final int MOST_PIECES = 50;

    private final Capabilities capabilities;
    private final @Nullable Function<MediaId, URI> files;
    private final Formatting formatting;
    private final Numbering numbering = new Numbering();

    /// @param files where the customer can read a file; null: nowhere
    Ladder(Capabilities capabilities, @Nullable Function<MediaId, URI> files) {
        this.capabilities = capabilities;
        this.files = files;
        this.formatting = Formatting.of(capabilities);
    }

    /// What becomes of one part.
    sealed interface Fate {

        /// It goes.
        ///
        /// @param parts several where it was cut
        record Goes(List<Adapted> parts) implements Fate {
            public Goes {
                parts = List.copyOf(parts);
            }

            static Goes as(Adapted part) {
                return new Goes(List.of(part));
            }
        }

        record Refused(Reason reason) implements Fate {}
    }

    /// Whether a content shows a file that no customer could open.
    private boolean isOutOfReach(Content content) {
        return files == null
                && !(content instanceof Content.Edited)
                && !Shelf.media(content).isEmpty();
    }

    /// Which number stands for which choice in what went as text so far.
    Numbering numbering() {
        return numbering;
    }

    /// @param only whether nothing would be left without it
    Fate of(Content content, boolean only) {
        var support = capabilities.support(content.capability());
        return switch (support.level()) {
            case REFUSED -> new Fate.Refused(Carried.not(content));
            case LOST ->
                    only
                            ? new Fate.Refused(Carried.not(content))
                            : Fate.Goes.as(Adapted.asItIs(content).and(Adaptation.LOST));
            case FALLBACK -> down(content, Carried.not(content));
            case PARTIAL -> partial(content, support);
            case FULL -> {
                var shown = shown(content);
                var beyond = Carried.beyond(shown.sent(), support, capabilities);
                yield beyond == null ? Fate.Goes.as(shown) : new Fate.Refused(beyond);
            }
        };
    }

    private Fate partial(Content content, Support support) {
        var shown = shown(content);
        var beyond = Carried.beyond(shown.sent(), support, capabilities);
        if (beyond == null) {
            return Fate.Goes.as(shown);
        }
        return Carried.saysAllAsText(content) ? down(content, beyond) : new Fate.Refused(beyond);
    }

    private Adapted shown(Content content) {
        var shown = formatting.of(content);
        return shown.equals(content)
                ? Adapted.asItIs(content)
                : Adapted.of(content, shown, Adaptation.PLAIN);
    }

    /// One rung down.
    ///
    /// @param why it cannot stay
    private Fate down(Content content, Reason why) {
        return switch (content) {
            case Content.Carousel carousel -> cards(carousel).orElseGet(() -> asText(carousel));
            case Content.Card card -> choices(card).orElseGet(() -> asText(card));
            case Content.Text text -> cut(formatting.of(text), formatted(text), why);
            default -> asText(content);
        };
    }

    private static @Nullable Adaptation formatted(Content.Text text) {
        return text.spans().isEmpty() ? null : Adaptation.PLAIN;
    }

    /// Each card by itself, where none of them has to become text.
    private Optional<Fate> cards(Content.Carousel carousel) {
        if (carousel.cards().size() > MOST_PIECES) {
            return Optional.empty();
        }
        var parts = new ArrayList<Adapted>();
        for (var card : carousel.cards()) {
            var support = capabilities.support(card.capability());
            boolean fits =
                    Carried.is(support) && Carried.beyond(card, support, capabilities) == null;
            var choices = fits ? null : asChoices(card).orElse(null);
            if (!fits && choices == null) {
                return Optional.empty();
            }
            parts.add(choices == null ? Adapted.asItIs(card) : choices);
        }
        return Optional.of(new Fate.Goes(parts));
    }

    private Optional<Fate> choices(Content.Card card) {
        return asChoices(card).map(Fate.Goes::as);
    }

    private Optional<Adapted> asChoices(Content.Card card) {
        var support = capabilities.support("choices");
        if (card.choices().isEmpty() || !Carried.is(support) || isOutOfReach(card)) {
            return Optional.empty();
        }
        var choices = new Content.Choices(AsText.heading(card, files), card.choices());
        return Limits.against(choices, support) == null
                ? Optional.of(Adapted.of(card, choices, Adaptation.AS_CHOICES))
                : Optional.empty();
    }

    /// The last rung.
    private Fate asText(Content content) {
        var support = capabilities.support("text");
        if (!Carried.is(support)) {
            return new Fate.Refused(
                    Reason.of(
                            "not-carried",
                            content.capability()
                                    + " would go as plain text, which is not carried either"));
        }
        if (isOutOfReach(content)) {
            return new Fate.Refused(
                    Reason.of(
                            "not-carried",
                            content.capability()
                                    + " would go with a link that no customer can open: set"
                                    + " http.pages-url"));
        }
        var how = content instanceof Content.Media ? Adaptation.AS_LINK : Adaptation.AS_TEXT;
        var text = new Content.Text(AsText.of(content, numbering, files), List.of());
        var beyond = Limits.against(text, support);
        if (beyond == null) {
            return Fate.Goes.as(Adapted.of(content, text, how));
        }
        return support.level() == Level.PARTIAL ? cut(text, how, beyond) : new Fate.Refused(beyond);
    }

    /// @param how the text came to be what it is; null: it is as it was written
    private Fate cut(Content.Text text, @Nullable Adaptation how, Reason why) {
        var pieces = Cutting.of(text, capabilities.support("text"), MOST_PIECES);
        return pieces.isEmpty()
                ? new Fate.Refused(why)
                : new Fate.Goes(
                        pieces.stream()
                                .map(Adapted::asItIs)
                                .map(piece -> how == null ? piece : piece.and(how))
                                .toList());
    }
}
