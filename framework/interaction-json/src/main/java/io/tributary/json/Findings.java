package io.tributary.json;

import java.util.ArrayList;
import java.util.List;

/// What was noticed while one JSON text was read.
final class Findings {

    /// More would help nobody, and somebody else decides how many there are.
    private static final int MOST = 50;

    private final boolean strict;
    private final List<JsonProblem> problems = new ArrayList<>();
    private int gaps;

    /// @param strict whether what is not known is a problem; else it is a gap, to be kept
    Findings(boolean strict) {
        this.strict = strict;
    }

    boolean strict() {
        return strict;
    }

    void problem(String pointer, String text) {
        if (problems.size() < MOST) {
            problems.add(new JsonProblem(pointer, text));
        }
    }

    void gap() {
        gaps++;
    }

    int gaps() {
        return gaps;
    }

    /// Forgets the gaps after the first few: they have been kept at a place of their own.
    void forgetGapsAfter(int count) {
        gaps = count;
    }

    int count() {
        return problems.size();
    }

    List<JsonProblem> problems() {
        return problems;
    }

    /// Forgets the problems after the first few: the value they are about is kept unread instead.
    void forgetAfter(int count) {
        problems.subList(count, problems.size()).clear();
    }
}
