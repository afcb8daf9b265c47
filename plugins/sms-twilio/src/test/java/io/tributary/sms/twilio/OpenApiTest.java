package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import io.tributary.twilio.ApiDescription;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whether what goes out is what Twilio's own OpenAPI description asks for.
class OpenApiTest {

    private static final String MESSAGES = "/2010-04-01/Accounts/{AccountSid}/Messages.json";

    private static ApiDescription description;

    @BeforeAll
    static void read() throws Exception {
        description = ApiDescription.read();
    }

    @Test
    @DisplayName("texts and files, by number and by messaging service")
    void sends() throws Exception {
        var file =
                Content.Media.stored(
                        Content.Media.Kind.IMAGE, new MediaId(new UUID(0x7000L, 7)), "image/png");
        assertThat(problems(Sample.LINE, Content.text("héllo & 👍"))).isEmpty();
        assertThat(problems(Sample.LINE, Content.text("look"), file, file)).isEmpty();
        assertThat(problems(Sample.SERVICE, file)).isEmpty();
    }

    @Test
    @DisplayName("the check finds a missing, a misspelt and a malformed field")
    void canFail() {
        var right =
                Fields.of("To", Sample.CUSTOMER)
                        .with("ValidityPeriod", "60")
                        .with("MediaUrl", "https://a.example/b");

        assertThat(problems(right)).isEmpty();
        assertThat(problems(Fields.of("From", Sample.LINE))).isNotEmpty();
        assertThat(problems(right.with("Bodyy", "a"))).isNotEmpty();
        assertThat(problems(Signed.with(right, "ValidityPeriod", "1h"))).isNotEmpty();
        assertThat(problems(right.with("MessagingServiceSid", "MG1"))).isNotEmpty();
        assertThat(problems(right.with("To", Sample.CUSTOMER))).isNotEmpty();
    }

    @Test
    @DisplayName("the list of messages is asked for by parameters that it has")
    void lists() throws Exception {
        var call = lookUp();
        var parameters = description.parameters(call);

        assertThat(Fields.decode(call.uri().getRawQuery()).all())
                .extracting(Fields.Field::name)
                .isNotEmpty()
                .allMatch(parameters::contains);
    }

    private static List<Error> problems(String line, Content... contents) throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(201, "application/json", "{}");
                var account =
                        host.open(new TwilioChannel(), settings(line, twilio.uri().toString()))) {
            account.send(Sample.message(line, host.clock().instant(), contents));
            return description.problems(host.calls().getFirst());
        }
    }

    private static Http.Call lookUp() throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(200, "application/json", "{}");
                var account = host.open(new TwilioChannel(), Sample.settings(twilio.uri()))) {
            account.lookUp(Sample.message(host.clock().instant(), Content.text("a")));
            return host.calls().getFirst();
        }
    }

    private static TestSettings settings(String line, String api) {
        var uri = URI.create(api);
        return line.equals(Sample.SERVICE) ? Sample.serviceSettings(uri) : Sample.settings(uri);
    }

    private static List<Error> problems(Fields form) {
        return description.problems(MESSAGES, form);
    }
}
