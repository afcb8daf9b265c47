package io.tributary.twilio;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.spi.Fields;
import io.tributary.spi.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Twilio's own OpenAPI description, to hold against what goes out.
///
/// The description is not part of this project: the system property `tributary.contracts` names the
/// folder that has it.
public final class ApiDescription {

    private static final String FILE = "twilio_api_v2010.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode description;

    private ApiDescription(JsonNode description) {
        this.description = description;
    }

    /// Reads it. Where no folder is named the test is skipped; a folder that lacks it is a mistake.
    public static ApiDescription read() throws IOException {
        var folder = System.getProperty("tributary.contracts", "");
        Assumptions.assumeFalse(
                folder.isEmpty(),
                "-Dtributary.contracts names no folder with " + FILE + " to compare with");
        var file = Path.of(folder, FILE);
        Assertions.assertTrue(
                Files.exists(file),
                FILE + " is not in the folder that -Dtributary.contracts names: " + folder);
        return new ApiDescription(JSON.readTree(Files.readString(file)));
    }

    /// What is wrong with a form that is posted.
    public List<Error> problems(Http.Call call) {
        return problems(path(call), Fields.decode(call.body()));
    }

    /// What is wrong with a form that is posted there, decoded by the types that the description
    /// gives its fields.
    ///
    /// @param path as the description writes it, such as
    ///   `/2010-04-01/Accounts/{AccountSid}/Messages.json`
    public List<Error> problems(String path, Fields form) {
        var body =
                description
                        .path("paths")
                        .path(path)
                        .at("/post/requestBody/content/application~1x-www-form-urlencoded/schema");
        Assertions.assertFalse(body.isMissingNode(), "nothing is posted to " + path);
        var schema = (ObjectNode) body.deepCopy();
        schema.put("additionalProperties", false);
        schema.set("components", description.path("components").deepCopy());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(decoded(form, schema));
    }

    /// By which names a list can be asked for.
    public List<String> parameters(Http.Call call) {
        return description.path("paths").path(path(call)).at("/get/parameters").values().stream()
                .map(parameter -> parameter.at("/name").asString())
                .toList();
    }

    /// The path that a call is for.
    private String path(Http.Call call) {
        var called = call.uri().getPath();
        return description.path("paths").propertyNames().stream()
                .filter(path -> called.matches(path.replaceAll("\\{\\w+}", "[^/.]+")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Twilio has no " + called));
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
