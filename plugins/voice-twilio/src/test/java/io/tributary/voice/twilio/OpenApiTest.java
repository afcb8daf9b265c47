package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import io.tributary.model.Content;
import io.tributary.model.Content.CallOrder;
import io.tributary.spi.Fields;
import io.tributary.spi.OutboundMessage;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.twilio.ApiDescription;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whether what goes out is what Twilio's own OpenAPI description asks for.
class OpenApiTest {

    private static final String CALLS = "/2010-04-01/Accounts/{AccountSid}/Calls.json";

    private static ApiDescription description;

    @BeforeAll
    static void read() throws Exception {
        description = ApiDescription.read();
    }

    @ParameterizedTest
    @EnumSource(CallOrder.Action.class)
    @DisplayName("every order")
    void orders(CallOrder.Action action) throws Exception {
        var order = new CallOrder(action, action == CallOrder.Action.TRANSFER ? "ada" : null);

        assertThat(problems(Sample.about(order, Sample.CALL))).isEmpty();
    }

    @Test
    @DisplayName("announcements")
    void announcements() throws Exception {
        assertThat(problems(Sample.message(Content.text("héllo & 👍")))).isEmpty();
    }

    @Test
    @DisplayName("the check finds a missing, a misspelt and a malformed field")
    void canFail() {
        var right = Fields.of("To", Sample.CUSTOMER).with("From", Sample.LINE).with("Timeout", "3");

        assertThat(description.problems(CALLS, right)).isEmpty();
        assertThat(description.problems(CALLS, Fields.of("To", "+1"))).isNotEmpty();
        assertThat(description.problems(CALLS, right.with("Twimll", "a"))).isNotEmpty();
        assertThat(description.problems(CALLS, Sample.with(right, "Timeout", "3s"))).isNotEmpty();
        assertThat(description.problems(CALLS, right.with("To", "+1"))).isNotEmpty();
    }

    private static List<Error> problems(OutboundMessage message) throws Exception {
        try (var host = new FakeHost();
                var twilio = LoopbackProvider.answering(201, "application/json", "{}");
                var account = host.open(new VoiceChannel(), Sample.settings(twilio.uri()))) {
            account.send(message);
            return description.problems(host.calls().getFirst());
        }
    }
}
