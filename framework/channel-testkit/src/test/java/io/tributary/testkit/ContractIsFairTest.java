package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("the channel contract")
class ContractIsFairTest {

    static Stream<Fair> channels() {
        return Stream.of(FairConnections.all(), FairDevices.all()).flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("channels")
    @DisplayName("takes for no broken promise a channel that")
    void passesWhatIsRight(Fair fair) throws Exception {
        var checks =
                fair.contract().groups().stream()
                        .filter(group -> group.name().equals(fair.group()))
                        .flatMap(group -> group.checks().stream())
                        .filter(Check::asked)
                        .toList();

        assertThat(checks).isNotEmpty();
        for (var check : checks) {
            check.body().run();
        }
    }
}
