package io.tributary.host.outbound;

import io.tributary.model.MediaId;
import io.tributary.model.Part;
import io.tributary.spi.Capabilities;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Whether a conversation can carry the parts of a draft, and which of them not as they are.
///
/// What is lost goes along as long as something else is carried. What the channel does not carry,
/// or not within its limits, goes down the [Ladder].
///
/// @param problems empty where all is well
/// @param parts as they are stored, numbered anew where one was cut
/// @param degraded by the numbers of these
record Carrying(List<Posted.Problem> problems, List<Part> parts, Degraded degraded) {

    /// So many parts a reply has in all.
    private static final int MOST_PARTS = 100;

    Carrying {
        problems = List.copyOf(problems);
        parts = List.copyOf(parts);
    }

    /// @param files where the customer can read a file; null: nowhere
    static Carrying of(
            List<Part> drafted, Capabilities capabilities, @Nullable Function<MediaId, URI> files) {
        var ladder = new Ladder(capabilities, files);
        var problems = new ArrayList<Posted.Problem>();
        var parts = new ArrayList<Part>();
        var degrading = new Degrading();
        int lost = 0;
        for (var part : drafted) {
            switch (ladder.of(part.content(), lost == drafted.size() - 1)) {
                case Ladder.Fate.Refused(var reason) -> {
                    problems.add(new Posted.Problem(part.number(), reason));
                    parts.add(new Part(parts.size() + 1, part.content(), part.unknown()));
                }
                case Ladder.Fate.Goes(var adapted) -> {
                    lost += adapted.getFirst().adaptations().contains(Adaptation.LOST) ? 1 : 0;
                    add(adapted, part, parts, degrading);
                }
            }
        }
        if (parts.size() > MOST_PARTS) {
            problems.add(tooManyParts(parts.size(), drafted.size()));
        }
        return new Carrying(problems, parts, degrading.made(ladder.numbering().choices()));
    }

    private static void add(
            List<Adapted> adapted, Part drafted, List<Part> parts, Degrading degrading) {
        int first = parts.size() + 1;
        for (var one : adapted) {
            int number = parts.size() + 1;
            parts.add(
                    adapted.size() == 1
                            ? new Part(number, one.kept(), drafted.unknown())
                            : new Part(number, one.kept()));
            degrading.add(number, one);
        }
        if (adapted.size() > 1) {
            degrading.cut(IntStream.rangeClosed(first, parts.size()).boxed().toList());
        }
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
}
