package io.tributary.host.accounts;

import io.tributary.host.secrets.HeldSecret;
import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An account's settings as its plugin reads them. Immutable.
final class AccountSettings implements Settings {

    private final ObjectNode node;
    private final String path;
    private final Map<String, HeldSecret> secrets;
    private final Lease lease;

    /// @param node the settings without secrets
    /// @param secrets by their whole dotted path
    AccountSettings(ObjectNode node, Map<String, HeldSecret> secrets, Lease lease) {
        this(node, "", Map.copyOf(secrets), lease);
    }

    private AccountSettings(
            ObjectNode node, String path, Map<String, HeldSecret> secrets, Lease lease) {
        this.node = node;
        this.path = path;
        this.secrets = secrets;
        this.lease = lease;
    }

    @Override
    public boolean has(String key) {
        lease.check();
        return value(key) != null || secrets.containsKey(path + key) || hasSecretsBelow(key);
    }

    @Override
    public String text(String key) {
        return textOf(need(key), key);
    }

    @Override
    public long number(String key) {
        var value = need(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unusable(key, "is not a whole number");
        }
        return value.longValue();
    }

    @Override
    public boolean flag(String key) {
        var value = need(key);
        if (!value.isBoolean()) {
            throw unusable(key, "is neither true nor false");
        }
        return value.booleanValue();
    }

    @Override
    public URI uri(String key) {
        URI uri;
        try {
            uri = new URI(text(key));
        } catch (URISyntaxException wrong) {
            throw unusable(key, "is not an address");
        }
        if (!uri.isAbsolute()) {
            throw unusable(key, "is not an absolute address, such as https://example.com");
        }
        return uri;
    }

    @Override
    public Duration duration(String key) {
        var text = text(key);
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw unusable(key, "is not a duration, such as 30s, 10m or PT2H");
        }
    }

    @Override
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (var element : list(key)) {
            texts.add(textOf(element, key));
        }
        return List.copyOf(texts);
    }

    @Override
    public Settings section(String key) {
        lease.check();
        var value = value(key);
        if (value == null) {
            return new AccountSettings(SettingsJson.empty(), path + key + '.', secrets, lease);
        }
        return sectionOf(value, key);
    }

    @Override
    public List<Settings> sections(String key) {
        var sections = new ArrayList<Settings>();
        for (var element : list(key)) {
            sections.add(sectionOf(element, key + '.' + sections.size()));
        }
        return List.copyOf(sections);
    }

    @Override
    public Set<String> keys() {
        lease.check();
        var keys = new LinkedHashSet<String>();
        node.forEachEntry((name, value) -> {
            if (!value.isNull()) {
                keys.add(name);
            }
        });
        for (var secret : secrets.keySet()) {
            if (secret.startsWith(path)) {
                var below = secret.substring(path.length());
                keys.add(below.contains(".") ? below.substring(0, below.indexOf('.')) : below);
            }
        }
        return keys;
    }

    @Override
    public Secret secret(String key) {
        lease.check();
        var secret = secrets.get(path.isEmpty() ? key : path + key);
        if (secret == null) {
            throw unusable(key, "is missing");
        }
        return new LeasedSecret(secret, lease);
    }

    /// The keys that are set, without values.
    @Override
    public String toString() {
        return "Settings" + keys();
    }

    private List<JsonNode> list(String key) {
        lease.check();
        var value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw unusable(key, "is not a list");
        }
        return List.copyOf(value.values());
    }

    private Settings sectionOf(JsonNode value, String key) {
        if (value instanceof ObjectNode object) {
            return new AccountSettings(object, path + key + '.', secrets, lease);
        }
        throw unusable(key, "is not a section");
    }

    private String textOf(JsonNode value, String key) {
        if (!value.isString()) {
            throw unusable(key, "is not a text");
        }
        return value.stringValue();
    }

    private JsonNode need(String key) {
        lease.check();
        var value = value(key);
        if (value == null) {
            throw unusable(
                    key,
                    secrets.containsKey(path + key) ? "is a secret: ask for it so" : "is missing");
        }
        return value;
    }

    private @Nullable JsonNode value(String key) {
        var value = node.get(key);
        return value == null || value.isNull() ? null : value;
    }

    private boolean hasSecretsBelow(String key) {
        var prefix = path + key + '.';
        return secrets.keySet().stream().anyMatch(secret -> secret.startsWith(prefix));
    }

    private Unusable unusable(String key, String what) {
        return new Unusable(path + key, what);
    }

    /// A secret that is of no use after the account was closed.
    private record LeasedSecret(HeldSecret secret, Lease lease) implements Secret {

        @Override
        public String reveal() {
            lease.check();
            return secret.reveal();
        }

        @Override
        public boolean matches(@Nullable String given) {
            lease.check();
            return secret.matches(given);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
