package io.tributary.twilio.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of Twilio's own libraries, auth token `12345`.
class SignatureTest {

    private static final Form CALL =
            Form.EMPTY
                    .with("CallSid", "CA1234567890ABCDE")
                    .with("Caller", "+14158675309")
                    .with("Digits", "1234")
                    .with("From", "+14158675309")
                    .with("To", "+18005551212");

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        "https://mycompany.com/myapp.php?foo=1&bar=2#rc=5, RSOYDt4T1cUTdK1PDd93/VVr8B8="
    })
    @DisplayName("a form is signed as Twilio's Java library signs it, without the fragment")
    void signsForms(URI url, String signature) {
        assertThat(Signature.of("12345", url, CALL)).isEqualTo(signature);
    }

    @Test
    @DisplayName("of a repeated field each different value counts once, sorted")
    void signsRepeatsAsASet() {
        var form = CALL.with("MediaUrl", "b").with("MediaUrl", "a").with("MediaUrl", "a");

        assertThat(
                        Signature.of(
                                "12345",
                                URI.create("https://mycompany.com/myapp.php?foo=1&bar=2"),
                                form))
                .isEqualTo("PqNmSrMcHODVe7scfhGC+zYKSA4=");
    }

    @Test
    @DisplayName("empty values and trailing blanks count")
    void signsEmptyValues() {
        var form =
                Form.EMPTY
                        .with("AddOns", "")
                        .with("Body", "héllo 👍 ")
                        .with("From", "+14155550100")
                        .with("MessageSid", "SM0")
                        .with("To", "+14155550101");

        assertThat(Signature.of("12345", URI.create("https://mycompany.com/sms"), form))
                .isEqualTo("hXRwJ5apKSa2fXkz8vad+572MOk=");
    }
}
