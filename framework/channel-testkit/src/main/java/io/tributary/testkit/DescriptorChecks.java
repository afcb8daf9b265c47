package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.spi.Channel;
import io.tributary.spi.ChannelDescriptor;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What a channel says of itself before any account is open.
final class DescriptorChecks {

    private final ContractSubject subject;

    DescriptorChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.bronze(
                        "a public class that the host can make and find",
                        "Make the channel a public class with a public constructor without arguments, and name it in META-INF/services/io.tributary.spi.Channel.",
                        this::canBeFound),
                Check.bronze(
                        "an id, a name and an icon",
                        "Describe the channel with ChannelDescriptor.of, and put an icon.svg without scripts beside the class.",
                        this::isComplete),
                Check.bronze(
                        "a schema of its settings",
                        "Put a settings.json beside the class: type object, properties, additionalProperties false.",
                        this::hasSchema),
                Check.bronze(
                        "every good setting stands in the schema",
                        "Add what goodSettings() sets to settings.json, and set what settings.json requires.",
                        this::settingsAreDescribed),
                Check.bronze(
                        "secrets, and nothing else, are marked as such",
                        "Mark exactly what is set with withSecret() as writeOnly in settings.json.",
                        this::secretsAreMarked),
                Check.bronze(
                        "good settings have no problem",
                        "Let check() find problems in settings that cannot work only.",
                        this::goodSettingsAreGood));
    }

    private void canBeFound() {
        var type = subject.channel().getClass();
        assertThat(Modifier.isPublic(type.getModifiers())).as("%s is public", type).isTrue();
        assertThatCode(type::getConstructor)
                .as("%s has a public constructor without arguments", type)
                .doesNotThrowAnyException();
        var listed = ServiceLoader.load(Channel.class, type.getClassLoader()).stream();
        assertThat(listed.map(ServiceLoader.Provider::type))
                .as("META-INF/services/%s names %s", Channel.class.getName(), type.getName())
                .contains(type);
    }

    private void isComplete() {
        var descriptor = descriptor();
        assertThat(descriptor.name()).as("the name").isNotBlank();
        assertThat(descriptor.icon()).as("the icon is an SVG document").contains("<svg");
        assertThat(descriptor.icon()).as("the icon runs no script").doesNotContain("<script");
        assertThat(descriptor.speaks())
                .as("the channels that it speaks, its own among them")
                .contains(descriptor.id());
    }

    private void hasSchema() {
        var schema = schema();
        assertThat(schema.get("type")).as("the schema's type").isEqualTo("object");
        assertThat(schema.get("properties")).as("the schema's properties").isInstanceOf(Map.class);
        assertThat(schema.get("additionalProperties"))
                .as("additionalProperties: unknown settings are refused, not ignored")
                .isEqualTo(false);
    }

    private void settingsAreDescribed() {
        var schema = schema();
        var settings = subject.settings();
        assertThat(properties(schema).keySet()).as("the schema").containsAll(settings.keys());
        if (schema.get("required") instanceof List<?> required) {
            assertThat(required).as("what the schema requires").allMatch(settings.keys()::contains);
        }
    }

    private void secretsAreMarked() {
        var properties = properties(schema());
        var settings = subject.settings();
        for (var key : settings.keys()) {
            var marked = PlainJson.object(properties.get(key)).get("writeOnly");
            assertThat(Boolean.TRUE.equals(marked))
                    .as("'%s' is \"writeOnly\": true in the schema", key)
                    .isEqualTo(settings.hidden(key));
        }
    }

    private void goodSettingsAreGood() throws Exception {
        var channel = subject.channel();
        var problems =
                calls(channel)
                        .call(CallKind.CHECK_SETTINGS, () -> channel.check(subject.settings()));
        assertThat(problems).as("what check() finds wrong with good settings").isEmpty();
    }

    private ChannelDescriptor descriptor() {
        var channel = subject.channel();
        try {
            return calls(channel).call(CallKind.DESCRIPTOR, channel::descriptor);
        } catch (Exception thrown) {
            throw new AssertionError("descriptor() threw " + thrown, thrown);
        }
    }

    private Map<String, @Nullable Object> schema() {
        try {
            return PlainJson.object(PlainJson.read(descriptor().settings().text()));
        } catch (IllegalArgumentException broken) {
            throw new AssertionError("the schema of the settings is broken: " + broken, broken);
        }
    }

    private static Map<String, @Nullable Object> properties(Map<String, @Nullable Object> schema) {
        return PlainJson.object(schema.get("properties"));
    }

    private static Calls calls(Channel channel) {
        return new Calls(channel.getClass().getClassLoader(), "channel");
    }
}
