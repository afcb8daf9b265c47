package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Identity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhonesTest {

    @ParameterizedTest
    @CsvSource({
        "16505551234, +16505551234",
        "4915112345678, +4915112345678",
        "5215512345678, +525512345678",
        "525512345678, +525512345678",
        "551187654321, +5511987654321",
        "5511987654321, +5511987654321",
        "551134567890, +551134567890",
        "5491123456789, +5491123456789",
    })
    @DisplayName("a plus makes E.164 of a wa_id, but for old mobile numbers of Mexico and Brazil")
    void e164(String waId, String number) {
        assertThat(Phones.e164(waId)).isEqualTo(number);
    }

    @Test
    @DisplayName("both forms of a number lead to the same customer")
    void bothForms() {
        var party = WhatsAppPeople.party("Ana", "5215512345678", Sample.BSUID);

        assertThat(party.address()).isEqualTo("+5215512345678");
        assertThat(party.aliases()).containsExactlyInAnyOrder("+525512345678", Sample.BSUID);
        assertThat(party.identities())
                .containsExactly(
                        Identity.byChannel("phone", "+525512345678"),
                        Identity.byChannel("whatsapp.bsuid", Sample.BSUID));
    }
}
