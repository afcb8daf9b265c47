package io.tributary.example.pager;

import io.tributary.model.AccountId;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Door;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.MediaStore;
import io.tributary.spi.Metrics;
import io.tributary.spi.Secret;
import io.tributary.spi.Settings;
import io.tributary.spi.State;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// As much of a context as the pager uses: its settings and a way out that a test answers. Asking
/// for anything else fails the test.
final class PagerContext implements AccountContext {

    static final URI PROVIDER = URI.create("https://pager.example/pages");
    static final String TOKEN = "sesame";

    private final Http http;

    PagerContext(Http http) {
        this.http = http;
    }

    @Override
    public Settings settings() {
        return new PagerSettings();
    }

    @Override
    public Http http() {
        return http;
    }

    @Override
    public AccountId account() {
        return AccountId.of("pager-test");
    }

    @Override
    public State state() {
        throw unused();
    }

    @Override
    public Executor executor() {
        throw unused();
    }

    @Override
    public InstantSource clock() {
        throw unused();
    }

    @Override
    public System.Logger log() {
        throw unused();
    }

    @Override
    public Metrics metrics() {
        throw unused();
    }

    @Override
    public void report(Health health) {
        throw unused();
    }

    @Override
    public MediaStore media() {
        throw unused();
    }

    @Override
    public URI url(Door door, String path) {
        throw unused();
    }

    @Override
    public void changed() {
        throw unused();
    }

    private static AssertionError unused() {
        return new AssertionError("a pager has no use for this");
    }

    private record PagerSecret(String reveal) implements Secret {

        @Override
        public boolean matches(@Nullable String given) {
            return reveal.equals(given);
        }
    }

    private static final class PagerSettings implements Settings {

        @Override
        public boolean has(String key) {
            return keys().contains(key);
        }

        @Override
        public Set<String> keys() {
            return Set.of("url", "token");
        }

        @Override
        public URI uri(String key) {
            if (!key.equals("url")) {
                throw new Unusable(key, "is missing");
            }
            return PROVIDER;
        }

        @Override
        public Secret secret(String key) {
            if (!key.equals("token")) {
                throw new Unusable(key, "is missing");
            }
            return new PagerSecret(TOKEN);
        }

        @Override
        public String text(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public long number(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public boolean flag(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public Duration duration(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public List<String> texts(String key) {
            return List.of();
        }

        @Override
        public Settings section(String key) {
            throw new Unusable(key, "is missing");
        }

        @Override
        public List<Settings> sections(String key) {
            return List.of();
        }
    }
}
