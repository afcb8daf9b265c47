package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testkit.pager.PagerContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("the channel contract")
class ContractCanFailTest {

    static Stream<Sabotage> sabotages() {
        return Stream.of(
                        Sabotages.ofDescriptors(),
                        Sabotages.ofOpening(),
                        Sabotages.ofTranslating(),
                        WebhookSabotages.all(),
                        SendSabotages.ofSending(),
                        SendSabotages.ofAnswers(),
                        SendSabotages.ofReconciling(),
                        SendSabotages.ofAbilities(),
                        ConnectionSabotages.ofConnections(),
                        ConnectionSabotages.ofSending(),
                        DeviceSabotages.ofDevices(),
                        DeviceSabotages.ofShowing(),
                        LifeSabotages.ofClaims(),
                        LifeSabotages.ofLiving())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sabotages")
    @DisplayName("fails a channel that breaks the promise:")
    void failsWhatIsBroken(Sabotage sabotage) {
        var check =
                checks(sabotage.contract())
                        .filter(one -> one.promise().equals(sabotage.promise()))
                        .findFirst()
                        .orElseThrow();

        assertThat(check.needless()).as("why the broken channel is not asked").isNull();
        assertThatThrownBy(() -> check.body().run())
                .isInstanceOfAny(AssertionError.class, RuntimeException.class);
    }

    @Test
    @DisplayName("has no check that nobody has seen failing")
    void everyCheckIsProven() {
        assertThat(checks(new PagerContract()).map(Check::promise).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        sabotages().map(Sabotage::promise).distinct().toList());
    }

    private static Stream<Check> checks(ChannelContract contract) {
        return contract.groups().stream().flatMap(group -> group.checks().stream());
    }
}
