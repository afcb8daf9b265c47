package io.tributary.json;

import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.InteractionId;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/// Random interactions, JSON values and texts that mean no good.
final class Shapes extends DomainContextBase {

    /// Texts of all scripts, with what breaks naive code: controls, marks, joiners, halves of
    /// pairs.
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.strings().alpha().ofMaxLength(12)),
                Tuple.of(3, Arbitraries.strings().all().ofMaxLength(12)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "",
                                "\0",
                                "\uD83D",
                                "\uDC4D\uD83D",
                                "\uD83D\uDC4D",
                                "\"\\/\b\f\n\r\t",
                                "\u2028\u2029\uFEFF\uFFFF",
                                "\u202Eabc\u200D",
                                "</script>",
                                "type",
                                "number",
                                "a~/b")));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return trees(3);
    }

    @Provide
    Arbitrary<Content> contents() {
        return Arbitraries.oneOf(
                Arbitraries.of(Examples.contents().values()),
                texts().map(Content::text),
                Combinators.combine(trees(), texts())
                        .as((data, text) ->
                                Content.custom("pager." + text, Rendering.text(data), "-" + text)));
    }

    @Provide
    Arbitrary<Interaction> interactions() {
        var who =
                Combinators.combine(texts(), texts(), texts())
                        .as((line, address, name) ->
                                Examples.full().toBuilder()
                                        .line(line)
                                        .address(address)
                                        .actor(new Actor(Actor.Kind.BOT, name, name)));
        var what = Combinators.combine(contents().list().ofMinSize(1).ofMaxSize(3), extensions());
        return Combinators.combine(
                        who,
                        what.as((contents, extensions) -> Map.entry(contents, extensions)),
                        Arbitraries.of(Direction.class),
                        Arbitraries.longs().between(-40_000_000_000_000L, 40_000_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999),
                        targets(),
                        Arbitraries.longs().between(1, Long.MAX_VALUE),
                        Arbitraries.of(
                                "de-AT", "zh-Hant-TW", "und", "x-private", "en-u-ca-buddhist"))
                .as((builder, carried, direction, second, nano, target, position, locale) ->
                        builder.direction(direction)
                                .parts(Part.of(carried.getKey().toArray(Content[]::new)))
                                .extensions(carried.getValue())
                                .occurredAt(Instant.ofEpochSecond(second / 1000, nano))
                                .receivedAt(Instant.ofEpochSecond(second, nano))
                                .target(target)
                                .position(position)
                                .locale(Locale.forLanguageTag(locale))
                                .build());
    }

    private Arbitrary<Map<String, Json>> extensions() {
        return Arbitraries.maps(texts(), trees(1).map(Rendering::text)).ofMaxSize(3);
    }

    private Arbitrary<Target> targets() {
        return Arbitraries.oneOf(
                texts().map(id -> new Target.External("x" + id, id)),
                Arbitraries.longs()
                        .map(bits ->
                                Target.known(
                                        new InteractionId(new UUID(bits, ~bits)),
                                        (int) (bits & 0xFF))));
    }

    private Arbitrary<Tree> trees(int depth) {
        Arbitrary<Tree> leaves =
                Arbitraries.oneOf(
                        texts().map(text -> (Tree) new Tree.Text(text)),
                        Arbitraries.of(
                                        "0",
                                        "-0",
                                        "1",
                                        "-1",
                                        "1.50",
                                        "1e3",
                                        "1E-400",
                                        "-1.0e+99999999999",
                                        "123456789012345678901234567890.10")
                                .map(Tree.Digits::new),
                        Arbitraries.of(new Tree.Flag(true), new Tree.Flag(false), Tree.NULL));
        if (depth == 0) {
            return leaves;
        }
        return Arbitraries.oneOf(
                leaves,
                trees(depth - 1)
                        .list()
                        .ofMaxSize(3)
                        .map(values -> (Tree) new Tree.Elements(new ArrayList<>(values))),
                Arbitraries.maps(texts(), trees(depth - 1))
                        .ofMaxSize(3)
                        .map(values -> (Tree) new Tree.Members(new LinkedHashMap<>(values))));
    }
}
