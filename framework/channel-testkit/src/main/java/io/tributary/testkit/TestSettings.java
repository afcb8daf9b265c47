package io.tributary.testkit;

import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settings of an account, written in Java.
///
/// ```java
/// TestSettings.NONE
///         .with("url", provider)
///         .with("lines", List.of(TestSettings.NONE.with("number", "100")))
///         .withSecret("token", "sesame");
/// ```
public final class TestSettings implements Settings {

    /// No setting at all.
    public static final TestSettings NONE = new TestSettings("", Map.of());

    private final String path;
    private final Map<String, Object> values;

    private TestSettings(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    /// The same with one more: a `String`, a number, a `Boolean`, a `URI`, a `Duration`, a list of
    /// strings, nested settings or a list of them.
    public TestSettings with(String key, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new TestSettings(path, more);
    }

    /// The same with a secret.
    public TestSettings withSecret(String key, String value) {
        return with(key, new FakeSecret(value));
    }

    /// The same without a key.
    public TestSettings without(String key) {
        var fewer = new LinkedHashMap<>(values);
        fewer.remove(key);
        return new TestSettings(path, fewer);
    }

    @Override
    public boolean has(String key) {
        return values.containsKey(key);
    }

    @Override
    public Set<String> keys() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public String text(String key) {
        var value = need(key);
        return switch (value) {
            case String text -> text;
            case URI uri -> uri.toString();
            case Duration duration -> duration.toString();
            default -> throw not(key, "a text");
        };
    }

    @Override
    public long number(String key) {
        return switch (need(key)) {
            case Integer number -> number;
            case Long number -> number;
            default -> throw not(key, "a whole number");
        };
    }

    @Override
    public boolean flag(String key) {
        if (need(key) instanceof Boolean flag) {
            return flag;
        }
        throw not(key, "true or false");
    }

    @Override
    public URI uri(String key) {
        try {
            var uri = new URI(text(key));
            if (uri.isAbsolute()) {
                return uri;
            }
            throw not(key, "an absolute address");
        } catch (URISyntaxException broken) {
            throw not(key, "an absolute address");
        }
    }

    @Override
    public Duration duration(String key) {
        try {
            return DurationText.parse(text(key));
        } catch (DateTimeException broken) {
            throw not(key, "a duration such as 30s");
        }
    }

    @Override
    public List<String> texts(String key) {
        return list(key, String.class, "a list of texts");
    }

    @Override
    public Settings section(String key) {
        var value = values.get(key);
        return switch (value) {
            case null -> new TestSettings(path(key), Map.of());
            case TestSettings section -> new TestSettings(path(key), section.values);
            default -> throw not(key, "a section");
        };
    }

    @Override
    public List<Settings> sections(String key) {
        var sections = new ArrayList<Settings>();
        for (var section : list(key, TestSettings.class, "a list of sections")) {
            sections.add(new TestSettings(path(key) + "." + sections.size(), section.values));
        }
        return List.copyOf(sections);
    }

    @Override
    public Secret secret(String key) {
        if (need(key) instanceof Secret secret) {
            return secret;
        }
        throw not(key, "a secret");
    }

    /// All secrets' values, nested ones too.
    List<String> secrets() {
        var secrets = new ArrayList<String>();
        collectSecrets(values.values(), secrets);
        return secrets;
    }

    /// Whether the key holds a secret.
    boolean hidden(String key) {
        return values.get(key) instanceof Secret;
    }

    /// Names only: values may be secret.
    @Override
    public String toString() {
        return "TestSettings" + values.keySet();
    }

    private static void collectSecrets(Iterable<?> values, List<String> secrets) {
        for (var value : values) {
            switch (value) {
                case Secret secret -> secrets.add(secret.reveal());
                case TestSettings section -> collectSecrets(section.values.values(), secrets);
                case List<?> list -> collectSecrets(list, secrets);
                default -> {}
            }
        }
    }

    private <T> List<T> list(String key, Class<T> type, String what) {
        var value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(type::isInstance)) {
            throw not(key, what);
        }
        return list.stream().map(type::cast).toList();
    }

    private Object need(String key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            throw new Unusable(path(key), "is missing");
        }
        return value;
    }

    private Unusable not(String key, String what) {
        return new Unusable(path(key), "is not " + what);
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
