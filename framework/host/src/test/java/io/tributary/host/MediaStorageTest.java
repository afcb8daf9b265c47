package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.secrets.SecretsUnusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("where a member keeps media")
final class MediaStorageTest {

    private static final String S3 =
            "media: {s3: {endpoint: 'http://127.0.0.1:1', bucket: media, prefix: %s,"
                    + " access-key: id, secret-key: {env: KEY}}}\n";

    private static final Map<String, String> KEYS =
            Map.of(
                    "endpoint", "http://127.0.0.1:1",
                    "bucket", "media",
                    "prefix", "media/",
                    "access-key", "id",
                    "secret-key", "secret");

    @TempDir Path folder = Path.of("");

    private Configuration configuration(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("tributary.yaml"), text);
        return Configuration.load(file, Map.of());
    }

    private MediaStorage storage(Configuration configuration, Map<String, String> environment)
            throws SecretsUnusable {
        return MediaStorage.of(folder, configuration.media(), InstantSource.system(), environment);
    }

    @Test
    @DisplayName("is its folder, and a bucket where one is named")
    void bucket() throws Exception {
        try (var alone = storage(configuration("{}\n"), Map.of());
                var named =
                        storage(
                                configuration(S3.formatted("tributary/media/")),
                                Map.of("KEY", "secret"))) {
            assertThat(alone.bucket()).isEmpty();
            assertThat(named.bucket()).isPresent();
            assertThat(named.toString()).doesNotContain("secret");
        }
    }

    @Test
    @DisplayName("is refused without the bucket's key, and with an id that no key has")
    void keys() throws Exception {
        Configuration configuration = configuration(S3.formatted("media/"));
        Configuration wrongId =
                configuration(
                        S3.formatted("media/").replace("access-key: id", "access-key: \"id \\n\""));

        assertThatThrownBy(() -> storage(configuration, Map.of()))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageStartingWith("media.s3.secret-key: ");
        assertThatThrownBy(() -> storage(wrongId, Map.of("KEY", "secret")))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageStartingWith("media.s3.access-key: ");
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, media, 'must be names with a slash after each'",
        "prefix, /, 'must be names with a slash after each'",
        "prefix, a//, 'must be names with a slash after each'",
        "bucket, Media, 'must be 3 to 63 lower-case letters'",
        "endpoint, 'https://store/path', 'must be http:// or https://, a host'",
        "endpoint, 'https://key:secret@store', 'must be http:// or https://, a host'",
        "endpoint, 'https://store.1', names a host or a port",
        "endpoint, 'https://store:99999', names a host or a port",
        "endpoint, 'https://[1:2]', names a host or a port",
        "addressing, host, 'is host, and the endpoint is an address in numbers'",
        "addressing, virtual, enumeration"
    })
    @DisplayName(
            "is refused where a key cannot be, and the mistake says which and how it has to be")
    void refused(String key, String value, String told) {
        Map<String, String> keys = new TreeMap<>(KEYS);
        keys.put(key, value);

        assertThatThrownBy(() -> configuration(yaml(keys)))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        wrong ->
                                assertThat(wrong.mistakes())
                                        .singleElement()
                                        .satisfies(each -> {
                                            assertThat(each.key()).isEqualTo("media.s3." + key);
                                            assertThat(each.text()).contains(told);
                                        }));
    }

    @Test
    @DisplayName("is not beside dots of a bucket's name that no certificate holds for")
    void dots() throws Exception {
        Map<String, String> keys = new TreeMap<>(KEYS);
        keys.putAll(Map.of("endpoint", "https://store", "bucket", "a.b", "addressing", "host"));

        assertThatThrownBy(() -> configuration(yaml(keys))).isInstanceOf(Misconfigured.class);
        keys.put("bucket", "a-b");
        assertThat(configuration(yaml(keys)).media().s3())
                .isNotNull()
                .matches(Configuration.S3::hostStyle);
    }

    private static String yaml(Map<String, String> keys) {
        return keys.entrySet().stream()
                .map(each -> "    " + each.getKey() + ": '" + each.getValue() + "'\n")
                .collect(Collectors.joining("", "media:\n  s3:\n", ""));
    }
}
