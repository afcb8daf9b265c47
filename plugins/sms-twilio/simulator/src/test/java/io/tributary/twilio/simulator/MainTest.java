package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    @DisplayName("arguments become options; the token may come from the environment")
    void readsArguments() {
        var options =
                Main.options(
                        new String[] {
                            "--port",
                            "4010",
                            "--number",
                            "+15005550006",
                            "--number",
                            "12345",
                            "--webhook",
                            "http://127.0.0.1:8080/channels/demo/webhook#rc=5"
                        },
                        "from-the-environment");

        assertThat(options.port()).isEqualTo(4010);
        assertThat(options.numbers()).containsExactly("+15005550006", "12345");
        assertThat(options.authToken()).isEqualTo("from-the-environment");
        assertThat(options.webhook()).hasFragment("rc=5");
        assertThat(options.toString()).doesNotContain("from-the-environment");
    }

    @Test
    @DisplayName("what is no option is refused by name")
    void refusesOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.options(new String[] {"--prot", "1"}, null))
                .withMessageContaining("--prot");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.options(new String[] {"--port"}, null))
                .withMessageContaining("--port");
    }
}
