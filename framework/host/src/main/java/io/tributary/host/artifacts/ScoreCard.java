package io.tributary.host.artifacts;

import io.tributary.model.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the contract of the testkit found about the channel in a jar, as the jar brings it along. A
/// claim of whoever built the jar, no better than the signature over it: nothing rests on it but
/// what people make of it.
///
/// @param channel the id of the channel that was looked at
/// @param spi against which SPI
/// @param current whether it was made from the classes that are in the jar
/// @param checks all that is on it
public record ScoreCard(
        Grade grade, String channel, String spi, boolean current, List<Check> checks) {

    static final String NAME = "META-INF/tributary/score-card.json";

    private static final int FORMAT = 1;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_CHECKS = 1_000;
    private static final int LONGEST_TEXT = 300;
    private static final int DEEPEST = 8;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    public ScoreCard {
        checks = List.copyOf(checks);
    }

    /// How far the channel came.
    public enum Grade {
        NONE,
        BRONZE,
        SILVER,
        GOLD
    }

    /// What came out of a check.
    public enum Result {
        PASSED,
        FAILED,
        /// There was nothing to look at.
        MISSING,
        NOT_APPLICABLE,
        NOT_RUN
    }

    /// One line, without anything that a terminal would obey.
    ///
    /// @param promise what is promised
    /// @param text what is to be changed, what is missing, or why it is no question
    public record Check(Grade grade, String promise, Result result, String text) {}

    /// How many checks had this result.
    public int count(Result result) {
        return Math.toIntExact(checks.stream().filter(each -> each.result() == result).count());
    }

    /// The card in a jar; empty: there is none, or none that can be read.
    static Optional<ScoreCard> of(JarContents contents) {
        try {
            Optional<PackedFile> file =
                    contents.find(NAME).filter(each -> each.size() <= MOST_BYTES);
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read(JSON.readTree(file.get().unpack()), contents));
        } catch (JacksonException | IllegalArgumentException | Rejected unreadable) {
            return Optional.empty();
        }
    }

    private static ScoreCard read(JsonNode node, JarContents contents) throws Rejected {
        if (node.path("format").asInt(0) != FORMAT
                || node.path("checks").size() > MOST_CHECKS
                || node.path("checks").isEmpty()) {
            throw new IllegalArgumentException("a card of another form");
        }
        List<Check> checks = new ArrayList<>();
        for (JsonNode each : node.path("checks")) {
            checks.add(
                    new Check(
                            grade(each),
                            shown(each, "promise"),
                            result(each),
                            shown(each, "text")));
        }
        Grade grade = earned(checks);
        if (grade != grade(node)) {
            throw new IllegalArgumentException("a card that gives another grade than it earned");
        }
        return new ScoreCard(
                grade,
                shown(node, "channel"),
                shown(node, "spi"),
                isOf(node.path("classes"), contents),
                checks);
    }

    /// The highest grade of which, and of all below, no check is open.
    private static Grade earned(List<Check> checks) {
        Grade earned = Grade.NONE;
        for (Grade grade : List.of(Grade.BRONZE, Grade.SILVER, Grade.GOLD)) {
            List<Check> its = checks.stream().filter(each -> each.grade() == grade).toList();
            boolean kept =
                    its.stream()
                            .map(Check::result)
                            .allMatch(
                                    each -> each == Result.PASSED || each == Result.NOT_APPLICABLE);
            if (its.isEmpty() || !kept) {
                return earned;
            }
            earned = grade;
        }
        return earned;
    }

    /// Whether the classes in the packages of which the card speaks are those of the jar. Libraries
    /// that were packed later are in others.
    private static boolean isOf(JsonNode classes, JarContents contents) throws Rejected {
        Set<String> packages = new HashSet<>();
        classes.path("packages").forEach(each -> packages.add(each.asString("")));
        var digests = new TreeMap<String, String>();
        for (PackedFile each : contents.all()) {
            String name = each.name();
            String folder = name.substring(0, Math.max(0, name.lastIndexOf('/')));
            if (name.endsWith(".class") && packages.contains(folder)) {
                digests.put(name, Digests.of(Bytes.wrap(each.unpack())));
            }
        }
        var lines = new StringBuilder();
        digests.forEach((name, digest) -> lines.append(digest + "  " + name + "\n"));
        return !digests.isEmpty()
                && Digests.of(Bytes.utf8(lines.toString()))
                        .equals(classes.path("sha256").asString(""));
    }

    private static Grade grade(JsonNode node) {
        return switch (node.path("grade").asString("")) {
            case "none" -> Grade.NONE;
            case "bronze" -> Grade.BRONZE;
            case "silver" -> Grade.SILVER;
            case "gold" -> Grade.GOLD;
            default -> throw new IllegalArgumentException("an unknown grade");
        };
    }

    private static Result result(JsonNode node) {
        return switch (node.path("result").asString("")) {
            case "passed" -> Result.PASSED;
            case "failed" -> Result.FAILED;
            case "missing" -> Result.MISSING;
            case "not applicable" -> Result.NOT_APPLICABLE;
            case "not run" -> Result.NOT_RUN;
            default -> throw new IllegalArgumentException("an unknown result");
        };
    }

    private static String shown(JsonNode node, String key) {
        return Words.shown(node.path(key).asString(""), LONGEST_TEXT);
    }
}
