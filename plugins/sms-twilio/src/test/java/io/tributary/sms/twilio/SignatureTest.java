package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.spi.Fields;
import io.tributary.spi.Malformed;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors of Twilio's Java and Node libraries, auth token `12345`.
class SignatureTest {

    private static final String CALL_BACK = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final Fields CALL =
            Fields.of("CallSid", "CA1234567890ABCDE")
                    .with("Caller", "+14158675309")
                    .with("Digits", "1234")
                    .with("From", "+14158675309")
                    .with("To", "+18005551212");
    private static final String JSON = "{\"property\": \"value\", \"boolean\": true}";
    private static final String HASH =
            "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    @ParameterizedTest
    @CsvSource({
        // as it is
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        // signed with the usual port, called without
        "https://mycompany.com/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        // called with the port, signed with and without
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        "https://mycompany.com:1234/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    })
    @DisplayName("a form passes with the port and without, whichever Twilio signed")
    void forms(URI url, String signature) {
        assertThat(verify(form(url, CALL).header("x-twilio-signature", signature)))
                .isInstanceOf(WebhookVerdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com/myapp.php?bar=2&foo=1, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.org/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com/myapp.php, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    })
    @DisplayName("another port, scheme, host, path or query does not pass")
    void otherAddresses(URI url, String signature) {
        assertRefused(form(url, CALL).header("x-twilio-signature", signature));
    }

    @Test
    @DisplayName("of a repeated field each different value counts once, sorted, in any order")
    void repeats() {
        var url = URI.create(CALL_BACK);
        for (var order :
                List.of(
                        List.of("b", "a", "a"),
                        List.of("a", "b", "a"),
                        List.of("a", "b"),
                        List.of("b", "a"))) {
            var form = CALL;
            for (var value : order) {
                form = form.with("MediaUrl", value);
            }
            assertThat(
                            verify(
                                    form(url, form)
                                            .header(
                                                    "x-twilio-signature",
                                                    "PqNmSrMcHODVe7scfhGC+zYKSA4=")))
                    .isInstanceOf(WebhookVerdict.Accepted.class);
        }
    }

    @Test
    @DisplayName("empty values, emoji and trailing blanks count")
    void emptyValues() {
        var form =
                Fields.of("AddOns", "")
                        .with("Body", "héllo 👍 ")
                        .with("From", "+14155550100")
                        .with("MessageSid", "SM0")
                        .with("To", "+14155550101");
        var request =
                form(URI.create("https://mycompany.com/sms"), form)
                        .header("x-twilio-signature", "hXRwJ5apKSa2fXkz8vad+572MOk=");

        assertThat(verify(request)).isInstanceOf(WebhookVerdict.Accepted.class);
        assertRefused(request.body(Bytes.utf8(request.body().utf8().replace("AddOns=&", "a=&"))));
    }

    @ParameterizedTest
    @CsvSource({
        CALL_BACK + "&bodySHA256=" + HASH + ", a9nBmqA0ju/hNViExpshrM61xv4=",
        "https://mycompany.com/myapp.php?bodySHA256=" + HASH + ", y77kIzt2vzLz71DgmJGsen2scGs=",
    })
    @DisplayName("of JSON the address is signed, and the address carries the hash of the body")
    void json(URI url, String signature) {
        var request =
                WebhookRequest.of("POST", url, Bytes.utf8(JSON), Signed.NOW)
                        .header("content-type", "application/json")
                        .header("x-twilio-signature", signature);

        assertThat(verify(request)).isInstanceOf(WebhookVerdict.Accepted.class);
        assertRefused(request.body(Bytes.utf8(JSON.replace("value", "valve"))));
        assertRefused(request.body(Bytes.EMPTY));
    }

    @Test
    @DisplayName("a missing, doubled, joined, cut or lengthened signature does not pass")
    void headers() {
        var right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        var request = form(URI.create(CALL_BACK), CALL);
        assertThat(verify(request.header("x-twilio-signature", right)))
                .isInstanceOf(WebhookVerdict.Accepted.class);

        assertRefused(request);
        assertRefused(
                new WebhookRequest(
                        "POST",
                        request.url(),
                        "",
                        Map.of(
                                "content-type", request.headers("content-type"),
                                "x-twilio-signature", List.of(right, right)),
                        request.body(),
                        request.remote(),
                        request.receivedAt()));
        for (var wrong :
                List.of(
                        "",
                        right + "," + right,
                        right.substring(1),
                        right.substring(0, 27),
                        right + "=",
                        " " + right,
                        "RSOYDt4T1cUTdK1PDd93/VVr8B9=",
                        "RSOYDt4T1cUTdK1PDd93_VVr8B8=",
                        right.toLowerCase(Locale.ROOT))) {
            assertRefused(request.header("x-twilio-signature", wrong));
        }
    }

    @Test
    @DisplayName("no single flipped bit of the signature passes")
    void flippedBits() {
        var right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        var request = form(URI.create(CALL_BACK), CALL);
        for (int i = 0; i < right.length(); i++) {
            for (int bit = 0; bit < 7; bit++) {
                var flipped = new StringBuilder(right);
                flipped.setCharAt(i, (char) (right.charAt(i) ^ (1 << bit)));
                assertRefused(request.header("x-twilio-signature", flipped.toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Body=%", "Body=%zz", "Body=%4"})
    @DisplayName("a broken escape never passes")
    void brokenEscapes(String body) {
        var request =
                form(URI.create(CALL_BACK), CALL)
                        .body(Bytes.utf8(body))
                        .header("x-twilio-signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");

        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> verify(request));
    }

    private static WebhookRequest form(URI url, Fields form) {
        return Signed.post(url, form).withoutHeader("x-twilio-signature");
    }

    private static WebhookVerdict verify(WebhookRequest request) {
        return Signed.reader(null).verify(request);
    }

    private static void assertRefused(WebhookRequest request) {
        assertThat(verify(request))
                .isInstanceOfSatisfying(
                        WebhookVerdict.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
    }
}
