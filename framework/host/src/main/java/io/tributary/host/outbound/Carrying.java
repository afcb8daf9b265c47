package io.tributary.host.outbound;

import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether a conversation can carry the parts of a draft, and which of them not as they are.
///
/// What is lost goes along as long as something else is carried. Beyond the limits of what a
/// channel carries in part, a text is cut into several parts and a carousel into its cards. What
/// the channel shows as its plain text, or choices and cards beyond such limits, pass where that
/// text fits.
///
/// @param problems empty where all is well
/// @param parts as they are stored, numbered anew where a text was cut
/// @param degraded by the numbers of these
record Carrying(List<Posted.Problem> problems, List<Part> parts, Degraded degraded) {

    /// So many parts a text is cut into at the most.
    private static final int MOST_PIECES = 50;

    /// So many parts a reply has in all.
    private static final int MOST_PARTS = 100;

    Carrying {
        problems = List.copyOf(problems);
        parts = List.copyOf(parts);
    }

    static Carrying of(List<Part> drafted, Capabilities capabilities) {
        var problems = new ArrayList<Posted.Problem>();
        var parts = new ArrayList<Part>();
        var asText = new HashSet<Integer>();
        var lost = new HashSet<Integer>();
        var cut = new ArrayList<List<Integer>>();
        for (var part : drafted) {
            int number = parts.size() + 1;
            switch (fate(part.content(), capabilities, lost.size() == drafted.size() - 1)) {
                case Fate.AsItIs _ -> {}
                case Fate.AsText _ -> asText.add(number);
                case Fate.Lost _ -> lost.add(number);
                case Fate.Refused(var reason) ->
                        problems.add(new Posted.Problem(part.number(), reason));
                case Fate.Cut(var pieces) -> {
                    pieces.forEach(piece -> parts.add(new Part(parts.size() + 1, piece)));
                    cut.add(IntStream.rangeClosed(number, parts.size()).boxed().toList());
                    continue;
                }
            }
            parts.add(new Part(number, part.content(), part.unknown()));
        }
        if (parts.size() > MOST_PARTS) {
            problems.add(tooManyParts(parts.size(), drafted.size()));
        }
        return new Carrying(problems, parts, new Degraded(asText, lost, cut));
    }

    private static Posted.Problem tooManyParts(int parts, int drafted) {
        return Posted.Problem.whole(
                "too-many-parts",
                "a reply has at most %d parts, this has %d%s"
                        .formatted(
                                MOST_PARTS,
                                parts,
                                parts > drafted
                                        ? " with what is cut to what the channel carries"
                                        : ""));
    }

    /// What becomes of one part.
    private sealed interface Fate {
        record AsItIs() implements Fate {}

        record AsText() implements Fate {}

        record Lost() implements Fate {}

        record Cut(List<? extends Content> pieces) implements Fate {}

        record Refused(Reason reason) implements Fate {}
    }

    /// @param only whether nothing would be left without it
    private static Fate fate(Content content, Capabilities capabilities, boolean only) {
        var support = capabilities.support(content.capability());
        return switch (support.level()) {
            case REFUSED -> new Fate.Refused(notCarried(content));
            case LOST -> only ? new Fate.Refused(notCarried(content)) : new Fate.Lost();
            case FALLBACK -> asText(againstText(content, capabilities.support("text")));
            case PARTIAL -> adapted(content, support, capabilities);
            case FULL -> asItIs(within(content, support, capabilities));
        };
    }

    /// Beyond the limits of what is carried in part.
    private static Fate adapted(Content content, Support support, Capabilities capabilities) {
        var beyond = within(content, support, capabilities);
        if (beyond == null) {
            return new Fate.AsItIs();
        }
        if (content instanceof Content.Text text) {
            var pieces = Cutting.of(text, support, MOST_PIECES);
            return pieces.isEmpty() ? new Fate.Refused(beyond) : new Fate.Cut(pieces);
        }
        if (content instanceof Content.Carousel carousel && carriesAll(carousel, capabilities)) {
            return new Fate.Cut(carousel.cards());
        }
        boolean fits =
                isSayable(content) && againstText(content, capabilities.support("text")) == null;
        return fits ? new Fate.AsText() : new Fate.Refused(beyond);
    }

    /// Whether each card can go by itself.
    private static boolean carriesAll(Content.Carousel carousel, Capabilities capabilities) {
        return carousel.cards().size() <= MOST_PIECES
                && carousel.cards().stream()
                        .allMatch(card -> {
                            var support = capabilities.support(card.capability());
                            return isCarried(support) && Limits.against(card, support) == null;
                        });
    }

    private static boolean isCarried(Support support) {
        return support.level() == Level.FULL || support.level() == Level.PARTIAL;
    }

    private static Fate asText(@Nullable Reason against) {
        return against == null ? new Fate.AsText() : new Fate.Refused(against);
    }

    private static Fate asItIs(@Nullable Reason against) {
        return against == null ? new Fate.AsItIs() : new Fate.Refused(against);
    }

    private static Reason notCarried(Content content) {
        return Reason.of(
                "not-carried",
                "this conversation cannot carry content of type " + content.capability());
    }

    /// Whether plain text can stand for it where the channel would carry others of its type.
    private static boolean isSayable(Content content) {
        return content instanceof Content.Choices
                || content instanceof Content.Card
                || content instanceof Content.Carousel;
    }

    private static @Nullable Reason againstText(Content content, Support text) {
        if (!isCarried(text)) {
            return Reason.of(
                    "not-carried",
                    content.capability() + " would go as plain text, which is not carried either");
        }
        return Limits.against(Content.text(AsText.of(content)), text);
    }

    private static @Nullable Reason within(
            Content content, Support support, Capabilities capabilities) {
        var reason = Limits.against(content, support);
        if (reason == null && content instanceof Content.Edited edited) {
            return innerReason(edited, capabilities);
        }
        return reason;
    }

    /// What a message is changed to must be something that the channel carries as it is.
    private static @Nullable Reason innerReason(Content.Edited edited, Capabilities capabilities) {
        for (var part : edited.parts()) {
            var support = capabilities.support(part.content().capability());
            if (!isCarried(support) || part.content() instanceof Content.Edited) {
                return Reason.of(
                        "not-carried",
                        "a message cannot be changed to content of type "
                                + part.content().capability());
            }
            var reason = Limits.against(part.content(), support);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
