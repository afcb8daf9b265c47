package io.tributary.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a run of the contract found, line by line.
///
/// @param channel its id; empty where it does not say
/// @param grade null: not even bronze
record ScoreCard(String channel, @Nullable Grade grade, List<Entry> entries) {

    /// The SPI that this testkit knows.
    static final String SPI = "0.1";

    ScoreCard {
        entries = List.copyOf(entries);
    }

    /// One line.
    ///
    /// @param about the group
    record Entry(Grade grade, String about, String promise, Verdict verdict) {}

    static ScoreCard of(String channel, List<ContractGroup> groups, Map<Check, Verdict> verdicts) {
        var entries = new ArrayList<Entry>();
        for (var group : groups) {
            for (var check : group.checks()) {
                var verdict = Objects.requireNonNull(verdicts.get(check), check.promise());
                entries.add(new Entry(check.grade(), group.name(), check.promise(), verdict));
            }
        }
        return new ScoreCard(channel, earned(entries), entries);
    }

    long count(Verdict.Result result) {
        return entries.stream().filter(entry -> entry.verdict().result() == result).count();
    }

    /// The highest grade of which, and of all below, no check is open.
    private static @Nullable Grade earned(List<Entry> entries) {
        Grade earned = null;
        for (var grade : Grade.values()) {
            var its = entries.stream().filter(entry -> entry.grade() == grade).toList();
            if (its.isEmpty()
                    || !its.stream().allMatch(entry -> entry.verdict().result().keeps())) {
                return earned;
            }
            earned = grade;
        }
        return earned;
    }
}
