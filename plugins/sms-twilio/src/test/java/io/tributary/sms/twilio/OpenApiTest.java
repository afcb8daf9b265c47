package io.tributary.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.model.Content;
import io.tributary.model.MediaId;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.TestSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whether what goes out is what Twilio's own OpenAPI description asks for.
///
/// The description is not part of this project: the system property `tributary.contracts` names the
/// folder that has it. Without it the test is skipped; a folder that lacks it is a mistake.
class OpenApiTest {

    private static final String FILE = "twilio_api_v2010.json";
    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode description;

    @BeforeAll
    static void read() throws Exception {
        var folder = System.getProperty("tributary.contracts", "");
        Assumptions.assumeFalse(
                folder.isEmpty(),
                "-Dtributary.contracts names no folder with " + FILE + " to compare with");
        var file = Path.of(folder, FILE);
        Assertions.assertTrue(
                Files.exists(file),
                FILE + " is not in the folder that -Dtributary.contracts names: " + folder);
        description = JSON.readTree(Files.readString(file));
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
        var parameters =
                path(call, "get").at("/parameters").values().stream()
                        .map(parameter -> parameter.at("/name").asString())
                        .toList();

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
            var call = host.calls().getFirst();
            assertThat(path(call, "post").isMissingNode()).isFalse();
            return problems(Fields.decode(call.body()));
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

    private static JsonNode path(Http.Call call, String method) {
        var path = call.uri().getPath().replace(Signed.ACCOUNT, "{AccountSid}");
        return description.path("paths").path(path).path(method);
    }

    /// Validates a form, decoded by the types that the description gives its fields.
    private static List<Error> problems(Fields form) {
        var body =
                description.at(
                        "/paths/~12010-04-01~1Accounts~1{AccountSid}~1Messages.json/post/requestBody"
                                + "/content/application~1x-www-form-urlencoded/schema");
        var schema = (ObjectNode) body.deepCopy();
        schema.put("additionalProperties", false);
        schema.set("components", description.path("components").deepCopy());
        return schema(schema).validate(decoded(form, schema));
    }

    private static Schema schema(JsonNode node) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(node);
    }

    private static JsonNode decoded(Fields form, JsonNode schema) {
        var object = JSON.createObjectNode();
        for (var name : form.all().stream().map(Fields.Field::name).distinct().toList()) {
            var values = form.all(name);
            var type = schema.path("properties").path(name).path("type").asString("string");
            switch (type) {
                case "array" -> values.forEach(object.putArray(name)::add);
                case "integer" -> object.set(name, number(values.getFirst()));
                default -> {
                    if (values.size() == 1) {
                        object.put(name, values.getFirst());
                    } else {
                        values.forEach(object.putArray(name)::add);
                    }
                }
            }
        }
        return object;
    }

    private static JsonNode number(String text) {
        try {
            return JSON.getNodeFactory().numberNode(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return JSON.getNodeFactory().stringNode(text);
        }
    }
}
