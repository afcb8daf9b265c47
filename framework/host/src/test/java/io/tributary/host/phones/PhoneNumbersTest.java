package io.tributary.host.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.model.AccountId;
import io.tributary.model.Evidence;
import io.tributary.model.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumbersTest {

    private static final AccountId ABROAD = AccountId.of("abroad");
    private static final AccountId AUSTRIAN = AccountId.of("austrian");
    private static final AccountId GERMAN = AccountId.of("german");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PhoneNumbers numbers =
            new PhoneNumbers(Map.of(AUSTRIAN, "AT", GERMAN, "DE"), meters);

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
            strings = {
                "0660 1234567",
                "0043 660 1234567",
                "(0660) 123 45 67",
                "436601234567",
                "+436601234567"
            })
    @DisplayName("a number without its country's code is read where the account has a country")
    void readsNational(String written) {
        assertThat(read(AUSTRIAN, written)).isEqualTo(Identity.byChannel("phone", "+436601234567"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "015112345678",
                "0151 12345678",
                "0049 151 12345678",
                "4915112345678",
                "49 151 12345678",
                "+4915112345678"
            })
    @DisplayName("a number that begins with the country's own code has it once")
    void readsItsOwnCode(String written) {
        assertThat(read(GERMAN, written)).isEqualTo(Identity.byChannel("phone", "+4915112345678"));
        assertThat(unread()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "US, 4155552671, +14155552671",
        "US, 14155552671, +14155552671",
        "US, 4312345678, +14312345678",
        "IT, 3921234567, +393921234567",
        "IT, 393381234567, +393381234567",
        "IT, 06 6982 1234, +390669821234",
        "IN, 9123456789, +919123456789",
        "IN, 919876543210, +919876543210",
        "DK, 45123456, +4545123456",
        "AR, 011 15-2345-6789, +5491123456789"
    })
    @DisplayName("each country's way of writing numbers is its own")
    void readsEachCountrysWay(String country, String written, String expected) {
        var there = new PhoneNumbers(Map.of(ABROAD, country), new SimpleMeterRegistry());

        assertThat(there.normal(ABROAD, Identity.byChannel("phone", written)))
                .isEqualTo(Identity.byChannel("phone", expected));
    }

    @ParameterizedTest
    @CsvSource({
        "german, 436601234567",
        "german, 14155552671",
        "austrian, 14155552671",
        "austrian, 4915112345678",
        "austrian, 72000",
        "austrian, 0810",
        "austrian, 133",
        "german, 116117",
        "german, 0",
        "german, 00",
        "german, 0660 1234567 ext. 3"
    })
    @DisplayName("what may be another country's number, or is none of this one's, joins nobody")
    void leavesWhatIsInDoubt(String account, String written) {
        assertThat(read(AccountId.of(account), written))
                .isEqualTo(Identity.claimed("phone", written));
        assertThat(unread()).isEqualTo(1);
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
                "+15550001",
                "+4512345",
                "+266696687",
                "+7378742833",
                "+2562533",
                "+8656696",
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
    @DisplayName("a number of a country, or longer, than the library knows of is what it is")
    void believesE164() {
        for (String written : List.of("+999123456789", "+45123456789")) {
            assertThat(read(ABROAD, written)).isEqualTo(Identity.byChannel("phone", written));
            assertThat(read(AUSTRIAN, written)).isEqualTo(Identity.byChannel("phone", written));
        }
    }

    @Test
    @DisplayName("only a number that names its country is the same on every account")
    void knowsWhatNamesItsCountry() {
        assertThat(numbers.namesItsCountry(Identity.byChannel("phone", "+43 660 1234567")))
                .isTrue();
        assertThat(numbers.namesItsCountry(Identity.byChannel("phone", "0660 1234567"))).isFalse();
        assertThat(numbers.namesItsCountry(Identity.byChannel("phone", "0043 660 1234567")))
                .isFalse();
        assertThat(numbers.namesItsCountry(Identity.byChannel("chat", "+43 660 1234567")))
                .isFalse();
    }

    @Test
    @DisplayName("an address is compared as the number that it is, and else as it is")
    void comparesAddresses() {
        assertThat(numbers.compared(AUSTRIAN, "0660 1234567")).isEqualTo("+436601234567");
        assertThat(numbers.compared(ABROAD, "0660 1234567")).isEqualTo("0660 1234567");
        assertThat(numbers.compared(ABROAD, "user:7")).isEqualTo("user:7");
        assertThat(unread()).isZero();
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
    @DisplayName("a country that is none is refused")
    void refusesUnknownCountries() {
        assertThatThrownBy(() -> new PhoneNumbers(Map.of(AUSTRIAN, "XX"), meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XX");
    }
}
