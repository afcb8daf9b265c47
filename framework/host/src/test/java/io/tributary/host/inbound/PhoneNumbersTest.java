package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumbersTest {

    private static final AccountId ABROAD = AccountId.of("abroad");
    private static final AccountId AUSTRIAN = AccountId.of("austrian");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PhoneNumbers numbers = new PhoneNumbers(Map.of(AUSTRIAN, "AT"), meters);

    private Identity read(AccountId account, String written) {
        return numbers.normal(account, Identity.byChannel("phone", written));
    }

    private double unread() {
        return meters.get("tributary.inbound.phones.unread").counter().count();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "+43 660 1234567, +436601234567",
                "+43 (0)660 / 123-45-67, +436601234567",
                "tel:+43-660-1234567, +436601234567",
                "+1 (415) 555-2671, +14155552671",
                "+39 06 6982 1234, +390669821234",
                "+٤٣ ٦٦٠ ١٢٣٤٥٦٧, +436601234567",
                "＋４３６６０１２３４５６７, +436601234567",
                "+54 11 15 2345-6789, +5491123456789",
                "+800 1234 5678, +80012345678"
            })
    @DisplayName("a number is the same however it is written, as long as it names its country")
    void readsInternational(String written, String expected) {
        assertThat(read(ABROAD, written)).isEqualTo(Identity.byChannel("phone", expected));
        assertThat(unread()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0660 1234567", "0043 660 1234567", "(0660) 123 45 67", "+436601234567"})
    @DisplayName("a number without its country's code is read where the account has a country")
    void readsNational(String written) {
        assertThat(read(AUSTRIAN, written)).isEqualTo(Identity.byChannel("phone", "+436601234567"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0660 1234567",
                "436601234567",
                "72000",
                "ACME",
                "+",
                "+15551",
                "+1 415 555 2671 ext. 12",
                "anonymous",
                "Call +43 660 1234567 now",
                "+1 800 FLOWERS",
                "+436601234567@example.com;+15551230001"
            })
    @DisplayName("what is no number is kept as it was written and joins nobody")
    void leavesTheRest(String written) {
        assertThat(read(ABROAD, written)).isEqualTo(Identity.claimed("phone", written));
        assertThat(unread()).isEqualTo(1);
    }

    @Test
    @DisplayName("a number of a country that the library does not know is what it is")
    void believesE164() {
        assertThat(read(ABROAD, "+999123456789").evidence()).isInstanceOf(Evidence.ByChannel.class);
        assertThat(read(ABROAD, "+15550001").value()).isEqualTo("+15550001");
    }

    @Test
    @DisplayName("what somebody said is read likewise, and never counted as a fault of the channel")
    void readsClaims() {
        assertThat(numbers.normal(ABROAD, Identity.claimed("phone", "+43 660 1234567")))
                .isEqualTo(Identity.claimed("phone", "+436601234567"));
        assertThat(numbers.normal(ABROAD, Identity.claimed("phone", "ask my wife")))
                .isEqualTo(Identity.claimed("phone", "ask my wife"));
        assertThat(numbers.normal(ABROAD, Identity.byChannel("chat", "+43 660 1234567")))
                .isEqualTo(Identity.byChannel("chat", "+43 660 1234567"));
        assertThat(unread()).isZero();
    }

    @Test
    @DisplayName("a text as long as an event is no number, and is not searched for one")
    void refusesLongTexts() {
        assertThat(read(ABROAD, "+43".repeat(300_000)).evidence()).isEqualTo(Evidence.CLAIMED);
    }

    @Test
    @DisplayName("a country that is none is refused with the setting's name")
    void refusesUnknownCountries() {
        assertThatThrownBy(() -> new PhoneNumbers(Map.of(AUSTRIAN, "XX"), meters))
                .hasMessageContaining("customers.phone-regions")
                .hasMessageContaining("XX");
    }
}
