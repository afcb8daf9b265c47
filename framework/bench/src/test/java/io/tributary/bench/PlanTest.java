package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PlanTest {

    @Test
    @DisplayName("without arguments everything is measured")
    void usual() {
        Plan plan = Plan.of(List.of("."));

        assertThat(plan.parts()).containsExactlyInAnyOrder(Plan.Part.values());
        assertThat(plan.stored()).isEqualTo(2_000_000);
        assertThat(plan.sockets()).isEqualTo(10_000);
        assertThat(plan.write()).isFalse();
    }

    @Test
    @DisplayName("what is said wins over what quick means")
    void saidWins() {
        Plan plan = Plan.of(List.of(".", "quick", "only=memory,scale", "memory=60m", "write"));

        assertThat(plan.parts()).containsExactlyInAnyOrder(Plan.Part.MEMORY, Plan.Part.SCALE);
        assertThat(plan.memory()).isEqualTo(Duration.ofMinutes(60));
        assertThat(plan.rounds()).isEqualTo(3);
        assertThat(plan.write()).isTrue();
    }

    @Test
    @DisplayName("clusters are measured as long, and under as much load, as is said")
    void fleets() {
        Plan plan = Plan.of(List.of(".", "only=cost,arrival", "cost=90s", "idle=2m", "load=250"));

        assertThat(plan.fleet())
                .isEqualTo(new Plan.Fleets(20, Duration.ofSeconds(90), Duration.ofMinutes(2), 250));
        assertThat(plan.has(Plan.Part.CLUSTER)).isFalse();
    }

    @Test
    @DisplayName("wearables are as many, and measure as often, as is said")
    void bands() {
        Plan plan = Plan.of(List.of(".", "only=smpp,mqtt,plugins", "devices=100", "worn=2m"));

        assertThat(plan.bands()).isEqualTo(new Plan.Bands(100, 2_000, Duration.ofMinutes(2)));
        assertThat(plan.submits()).isEqualTo(10_000);
        assertThat(plan.parts())
                .containsExactlyInAnyOrder(Plan.Part.SMPP, Plan.Part.MQTT, Plan.Part.PLUGINS);
    }

    @Test
    @DisplayName("what cannot be understood is named")
    void mistakes() {
        assertThatThrownBy(() -> Plan.of(List.of(".", "rouds=3"))).hasMessageContaining("rouds=3");
        assertThatThrownBy(() -> Plan.of(List.of(".", "only=ingets")))
                .hasMessageContaining("ingets");
        assertThatThrownBy(() -> Plan.of(List.of(".", "round=10")))
                .hasMessageContaining("round=10");
        assertThatThrownBy(() -> Plan.of(List.of(".", "rate=0"))).hasMessageContaining("rate=0");
        assertThatThrownBy(() -> Plan.of(List.of())).hasMessageContaining("folder");
    }
}
