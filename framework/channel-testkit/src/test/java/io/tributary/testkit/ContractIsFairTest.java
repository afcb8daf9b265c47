package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testkit.bell.BellContract;
import io.tributary.testkit.pager.PagerContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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

    @Test
    @DisplayName("does not ask after the health of a provider where there is none")
    void withoutProvider() {
        assertThat(ofHealth(new PagerContract())).allMatch(Check::asked);
        assertThat(ofHealth(new BellContract()))
                .extracting(Check::needless)
                .containsOnly(AbilityChecks.NO_PROVIDER);
    }

    private static List<Check> ofHealth(ChannelContract contract) {
        var checks =
                contract.groups().stream()
                        .flatMap(group -> group.checks().stream())
                        .filter(check -> check.promise().contains("health"))
                        .toList();
        assertThat(checks).hasSize(2);
        return checks;
    }
}
