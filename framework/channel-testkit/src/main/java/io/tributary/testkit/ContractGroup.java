package io.tributary.testkit;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// Checks that belong together.
///
/// @param name what they are about
record ContractGroup(String name, List<Check> checks) {

    ContractGroup {
        checks = List.copyOf(checks);
    }

    /// A group of checks for one ability.
    ///
    /// @param why the channel is not asked, if it is not; a sentence
    static ContractGroup of(String name, boolean asked, String why, List<Check> checks) {
        return new ContractGroup(
                name, checks.stream().map(check -> check.onlyIf(asked, why)).toList());
    }

    /// The checks that are a question for the channel, as tests that tell the judge.
    Stream<DynamicNode> asTests(Judge judge) {
        var tests =
                checks.stream()
                        .filter(Check::asked)
                        .map(check ->
                                DynamicTest.dynamicTest(check.promise(), () -> judge.hear(check)))
                        .toList();
        return Stream.of(tests)
                .filter(Predicate.not(List::isEmpty))
                .map(some -> DynamicContainer.dynamicContainer(name, some));
    }
}
