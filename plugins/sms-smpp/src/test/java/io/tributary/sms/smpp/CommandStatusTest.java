package io.tributary.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Health;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandStatusTest {

    @ParameterizedTest
    @DisplayName("an SMSC that wants less has all of the account wait")
    @ValueSource(ints = {0x58, 0x14, 0x04})
    void slower(int status) {
        assertThat(CommandStatus.of(status))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> {
                            assertThat(retry.scope()).isEqualTo(Scope.ACCOUNT);
                            assertThat(retry.after()).isPositive();
                        });
    }

    @ParameterizedTest
    @DisplayName("an SMSC that failed is tried again with this message")
    @ValueSource(ints = {0x08, 0x64, 0x102})
    void later(int status) {
        assertThat(CommandStatus.of(status))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.scope()).isEqualTo(Scope.MESSAGE));
    }

    @ParameterizedTest
    @DisplayName("wrong credentials stop the account")
    @ValueSource(ints = {0x0D, 0x0E, 0x0F})
    void stopped(int status) {
        assertThat(CommandStatus.of(status)).isInstanceOf(SendResult.AccountStopped.class);
    }

    @ParameterizedTest
    @DisplayName("a wrong message is never tried again")
    @ValueSource(
            ints = {
                0x01, 0x02, 0x03, 0x06, 0x07, 0x0A, 0x0B, 0x33, 0x34, 0x40, 0x42, 0x43, 0x44, 0x48,
                0x49, 0x50, 0x51, 0x53, 0x54, 0x61, 0x62, 0x63, 0x65, 0x66, 0xC0, 0xC1, 0xC2, 0xC3,
                0xC4, 0x100, 0x104
            })
    void wrong(int status) {
        assertThat(CommandStatus.of(status)).isInstanceOf(SendResult.Rejected.class);
    }

    @ParameterizedTest
    @DisplayName("what does not say whether the message was taken leaves it unknown")
    @ValueSource(ints = {0x45, 0x67, 0xFE, 0xFF, 0x400, 0x500, -1})
    void unknown(int status) {
        assertThat(CommandStatus.of(status)).isInstanceOf(SendResult.Unknown.class);
    }

    @Property
    void noRefusalIsASuccess(@ForAll int status) {
        assertThat(CommandStatus.of(status)).isNotInstanceOf(SendResult.Accepted.class);
    }

    @ParameterizedTest
    @DisplayName("credentials that a bind is refused for are an operator's business")
    @ValueSource(ints = {0x0E, 0x0F})
    void refused(int status) {
        assertThat(CommandStatus.ofBind(status).state()).isEqualTo(Health.State.STOPPED);
    }

    @ParameterizedTest
    @DisplayName("a bind too many is told, in either way, and tried again")
    @ValueSource(ints = {0x05, 0x0D})
    void bound(int status) {
        assertThat(CommandStatus.ofBind(status).state()).isEqualTo(Health.State.DOWN);
        assertThat(CommandStatus.ofBind(status).action()).isNotBlank();
    }
}
