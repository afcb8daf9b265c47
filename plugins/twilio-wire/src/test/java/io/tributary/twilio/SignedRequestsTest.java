package io.tributary.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Fields;
import io.tributary.spi.Secret;
import io.tributary.spi.WebhookRequest;
import io.tributary.twilio.SignedRequests.Opened;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By a vector of Twilio's own libraries, auth token `12345`; what else must pass and what must not
/// is held by the tests of the channels.
class SignedRequestsTest {

    private static final Secret TOKEN = PlainSignature.secret("12345");
    private static final URI DOOR = URI.create("https://mycompany.com/myapp.php?foo=1&bar=2");
    private static final Fields CALL =
            Fields.of("CallSid", "CA1234567890ABCDE")
                    .with("Caller", "+14158675309")
                    .with("Digits", "1234")
                    .with("From", "+14158675309")
                    .with("To", "+18005551212");

    private final SignedRequests requests =
            new SignedRequests(TOKEN, "AC1", null, Set.of("StirVerstat"));

    @Test
    @DisplayName("what is added behind the signature may be there, and is known not to be signed")
    void addedLater() {
        assertThat(requests.open(post(CALL)))
                .isInstanceOfSatisfying(
                        Opened.Form.class, form -> assertThat(form.signed()).isTrue());
        assertThat(requests.open(post(CALL.with("StirVerstat", "TN-Validation-Passed-A"))))
                .isInstanceOfSatisfying(
                        Opened.Form.class, form -> assertThat(form.signed()).isFalse());
    }

    @Test
    @DisplayName("no other field may be added, and none at all where nobody said so")
    void addedByOthers() {
        var strict = new SignedRequests(TOKEN, "AC1", null);

        assertThat(requests.open(post(CALL.with("Verstat", "A"))))
                .isInstanceOf(Opened.Refused.class);
        assertThat(strict.open(post(CALL.with("StirVerstat", "A"))))
                .isInstanceOf(Opened.Refused.class);
        assertThat(strict.open(post(CALL))).isInstanceOf(Opened.Form.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com, https://hooks.example.com/channels/a/webhook/leg",
        "https://hooks.example.com/, https://hooks.example.com/channels/a/webhook/leg",
        "https://proxy.example.com/in, https://proxy.example.com/in/leg",
        ", http://10.0.0.1:8080/channels/a/webhook/leg",
    })
    @DisplayName("callbacks go where Twilio reaches us")
    void callbacks(@Nullable URI publicUrl, String address) {
        var door = URI.create("http://10.0.0.1:8080/channels/a/webhook/leg");

        assertThat(SignedRequests.address(publicUrl, door, "leg")).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y=http://b:1/, https://a.example:443/x?y=http://b:1/",
        "https://a.example?y=1, https://a.example:443?y=1",
        "http://a.example, http://a.example:80",
        "https://a.example:8443/x, https://a.example/x",
        "https://[::1]/x, https://[::1]:443/x",
        "https://[::1]:8443/x, https://[::1]/x",
    })
    @DisplayName("the port is added or taken away in the authority only")
    void ports(String url, String other) {
        assertThat(Signature.withOtherPort(url)).isEqualTo(other);
    }

    private static WebhookRequest post(Fields form) {
        return WebhookRequest.of("POST", DOOR, form.encode(), Instant.parse("2026-11-22T10:00:00Z"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-twilio-signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }
}
