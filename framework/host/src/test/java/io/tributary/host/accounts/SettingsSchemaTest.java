package io.tributary.host.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Json;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a channel's settings schema")
class SettingsSchemaTest {

    private final SettingsSchema schema = SettingsSchema.of(ScriptedChannel.SCHEMA);

    @Test
    @DisplayName("finds nothing wrong with what fits")
    void fits() {
        assertThat(problems("{\"url\": \"https://x.example\", \"token\": \"secret1\"}")).isEmpty();
    }

    @Test
    @DisplayName("tells every mistake at once, with its pointer and the nearest right key")
    void everyMistake() {
        assertThat(
                        problems(
                                """
                                {"ulr": "x", "retries": -1, "token": "short",
                                 "lines": [{"number": "1"}, {"numbr": 2, "pin": 5}]}
                                """))
                .containsExactlyInAnyOrder(
                        "/config/url: is missing",
                        "/config/ulr: is unknown; did you mean 'url'?",
                        "/config/retries: must have a minimum value of 0",
                        "/secrets/token: must be at least 6 characters long",
                        "/config/lines/1/number: is missing",
                        "/config/lines/1/numbr: is unknown; did you mean 'number'?",
                        "/secrets/lines.1.pin: integer found, string expected");
    }

    @Test
    @DisplayName("names a missing secret where secrets are given")
    void missingSecret() {
        assertThat(problems("{\"url\": \"https://x.example\"}"))
                .containsExactly("/secrets/token: is missing");
    }

    @Test
    @DisplayName("says which of several keys is needed in one sentence")
    void alternatives() {
        var either =
                SettingsSchema.of(
                        Json.of(
                                """
                                {"properties": {"from": {}, "service": {}},
                                 "anyOf": [{"required": ["from"]}, {"required": ["service"]}]}
                                """));

        assertThat(told(either, "{}"))
                .containsExactly("/config: one of these is needed: from, service");
        assertThat(told(either, "{\"from\": 1}")).isEmpty();
    }

    @Test
    @DisplayName("refuses unknown keys even if it forgets to say so")
    void closedByDefault() {
        var open = SettingsSchema.of(Json.of("{\"properties\": {\"from\": {}}}"));

        assertThat(told(open, "{\"form\": 1}"))
                .containsExactly("/config/form: is unknown; did you mean 'from'?");
    }

    @Test
    @DisplayName("finds secrets in sections, lists and alternatives, and takes them out")
    void secretsTakenOut() {
        var deep =
                SettingsSchema.of(
                        Json.of(
                                """
                                {"$defs": {"login": {"properties": {
                                   "user": {"type": "string"},
                                   "password": {"type": "string", "writeOnly": true}}}},
                                 "properties": {
                                   "main": {"$ref": "#/$defs/login"},
                                   "others": {"type": "array", "items": {"$ref": "#/$defs/login"}},
                                   "headers": {"additionalProperties":
                                       {"type": "string", "writeOnly": true}}}}
                                """));
        var config =
                SettingsJson.object(
                        """
                        {"main": {"user": "a", "password": "p1"},
                         "others": [{"password": "p2"}, {"user": "b", "password": "p3"}],
                         "headers": {"x-key": "p4"}}
                        """,
                        "config");
        var taken = new java.util.LinkedHashMap<String, String>();

        deep.secrets().takeOut(config, (path, node) -> taken.put(path, node.stringValue()));

        assertThat(taken)
                .containsEntry("main.password", "p1")
                .containsEntry("others.0.password", "p2")
                .containsEntry("others.1.password", "p3")
                .containsEntry("headers.x-key", "p4")
                .hasSize(4);
        assertThat(SettingsJson.text(config))
                .isEqualTo(
                        "{\"main\":{\"user\":\"a\"},\"others\":[{},{\"user\":\"b\"}],\"headers\":{}}");
        taken.forEach((path, text) -> assertThat(SchemaPaths.put(config, path, text)).isTrue());
        assertThat(deep.problems(config)).isEmpty();
        assertThat(SchemaPaths.put(config, "others.7.password", "x")).isFalse();
    }

    @ParameterizedTest
    @DisplayName("is refused when it cannot be used")
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | must be an object",
                "{\"type\": 7} | is no JSON Schema: /type",
                "{\"properties\": {\"a\": {\"$ref\": \"http://127.0.0.1:1/x\"}}} | cannot be used",
                "{\"properties\": {\"a\": {\"$ref\": \"#/nowhere\"}}} | cannot be used",
                "{\"properties\": {\"a\": {\"pattern\": \"(\"}}} | valid ECMA-262",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"} | is written in http",
                "{\"properties\": {\"a\": {\"writeOnly\": true}}} | the secret 'a' must be declared",
                "{\"a\": 1, \"a\": 2} | is not JSON"
            })
    void unusable(String text, String message) {
        assertThatThrownBy(() -> SettingsSchema.check(Json.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("may refer to itself")
    void recursive() {
        var tree =
                SettingsSchema.of(
                        Json.of(
                                """
                                {"properties": {"next": {"$ref": "#"},
                                   "key": {"type": "string", "writeOnly": true}}}
                                """));

        assertThat(tree.secrets().contains("key")).isTrue();
        assertThat(tree.secrets().contains("next.next.key")).isTrue();
    }

    private List<String> problems(String config) {
        return told(schema, config);
    }

    private static List<String> told(SettingsSchema schema, String config) {
        return schema.problems(SettingsJson.object(config, "config")).stream()
                .map(SettingsProblem::toString)
                .toList();
    }
}
