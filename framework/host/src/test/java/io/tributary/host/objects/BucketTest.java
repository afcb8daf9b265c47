package io.tributary.host.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class BucketTest {

    private static StoreServer server;
    private static Bucket bucket;

    @BeforeAll
    static void start() throws Exception {
        server = new StoreServer();
        bucket = server.bucket();
    }

    @AfterAll
    static void stop() throws Exception {
        bucket.close();
        server.close();
    }

    private static Bucket.Payload payload(byte[] bytes) throws Exception {
        return new Bucket.Payload(
                sha256(bytes), bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] got(String key, long most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(bucket.get(key, bytes, most)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("what is put is there, and gone when it is let go")
    void there() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        for (byte[] bytes : List.of(large, utf8("hi"), new byte[0])) {
            String key = "a/" + bytes.length;
            assertThat(bucket.holds(key, bytes.length)).isFalse();
            bucket.put(key, payload(bytes));
            bucket.put(key, payload(bytes));

            assertThat(server.object("tributary/media/" + key)).isEqualTo(bytes);
            assertThat(bucket.holds(key, bytes.length)).isTrue();
            assertThat(bucket.holds(key, bytes.length + 1)).isFalse();
            assertThat(got(key, bytes.length)).isEqualTo(bytes);

            bucket.delete(key);
            bucket.delete(key);
            assertThat(bucket.holds(key, bytes.length)).isFalse();
            assertThat(bucket.get(key, new ByteArrayOutputStream(), 9)).isFalse();
        }
    }

    @Test
    @DisplayName("of an object that is longer than it should be no more is read than shows it")
    void longer() throws Exception {
        server.put("tributary/media/longer", new byte[100_000]);

        assertThat(got("longer", 10)).hasSize(11);
    }

    @Test
    @DisplayName("the store refuses bytes that are not those of their digest")
    void otherBytes() {
        var wrong =
                new Bucket.Payload(
                        Signature.NOTHING, 2, () -> new ByteArrayInputStream(utf8("hi")));

        assertThatThrownBy(() -> bucket.put("wrong", wrong))
                .isInstanceOfAny(IOException.class, BucketUnavailable.class);
        assertThat(bucket.holds("wrong", 2)).isFalse();
    }

    @Test
    @DisplayName("a key may hold what an address may not")
    void oddKey() throws Exception {
        String key = "a b/ü+%2F&?#'()*~.txt";
        bucket.put(key, payload(utf8("odd")));

        assertThat(server.object("tributary/media/" + key)).asString().isEqualTo("odd");
        assertThat(got(key, 3)).asString().isEqualTo("odd");
        bucket.delete(key);
        assertThat(bucket.holds(key, 3)).isFalse();
    }

    @Test
    @DisplayName("below a folder there is only what is in it, under shorter keys")
    void below() throws Exception {
        Bucket part = bucket.below("part/");
        part.put("one", payload(utf8("x")));
        bucket.put("two", payload(utf8("x")));

        assertThat(server.object("tributary/media/part/one")).asString().isEqualTo("x");
        assertThat(part.list(null, 1_000).entries())
                .extracting(Listing.Entry::key)
                .containsExactly("one");
        part.delete("one");
        bucket.delete("two");
    }

    @Test
    @DisplayName("a store may have the bucket named before its host, and be behind a proxy")
    void hostStyle() throws Exception {
        try (var store = StoreServer.byHosts()) {
            BucketAddress there = store.address();
            var address =
                    new BucketAddress(
                            URI.create("http://" + StoreServer.HOST),
                            there.region(),
                            there.bucket(),
                            there.prefix(),
                            BucketAddress.Style.HOST,
                            there.credentials());
            try (var named = behind(there.endpoint().getPort(), address)) {
                named.put("a/named b", payload(utf8("hi")));

                assertThat(store.object("tributary/media/a/named b")).asString().isEqualTo("hi");
                assertThat(named.holds("a/named b", 2)).isTrue();
                assertThat(named.list(null, 1_000).entries())
                        .extracting(Listing.Entry::key)
                        .containsExactly("a/named b");
                named.delete("a/named b");
                assertThat(named.get("a/named b", new ByteArrayOutputStream(), 2)).isFalse();
            }
        }
    }

    /// What nobody resolves is asked of the store itself, as if it were a proxy.
    private static Bucket behind(int port, BucketAddress address) {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)));
        try {
            return new Bucket(address, InstantSource.system(), Duration.ofSeconds(10));
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    @DisplayName("whether it works is tried out, and nothing is left of that")
    void triedOut() throws Exception {
        bucket.tryOut();

        assertThat(bucket.list(null, 1_000).entries())
                .extracting(Listing.Entry::key)
                .doesNotContain("checkup");
    }

    @Test
    @DisplayName("a bucket that is not there holds nothing and lacks nothing: it is away")
    void noBucket() {
        BucketAddress right = server.address();
        var address =
                new BucketAddress(
                        right.endpoint(),
                        right.region(),
                        "mistyped",
                        right.prefix(),
                        right.style(),
                        right.credentials());
        try (var nowhere = new Bucket(address, InstantSource.system(), Duration.ofSeconds(10))) {
            assertThatThrownBy(() -> nowhere.get("key", new ByteArrayOutputStream(), 9))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining("404 NoSuchBucket");
            assertThatThrownBy(() -> nowhere.holds("key", 9))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining("404 NoSuchBucket");
            assertThatThrownBy(() -> nowhere.list(null, 9))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining("404 NoSuchBucket");
            assertThatThrownBy(nowhere::tryOut).isInstanceOf(BucketUnavailable.class);
        }
    }

    @Test
    @DisplayName("a source that fails or has another length is no fault of the store's")
    void source() throws Exception {
        var gone =
                new Bucket.Payload(
                        Signature.NOTHING,
                        2,
                        () -> {
                            throw new NoSuchFileException("the file");
                        });
        var shorter =
                new Bucket.Payload(
                        sha256(utf8("hi")), 3, () -> new ByteArrayInputStream(utf8("hi")));
        var longer =
                new Bucket.Payload(
                        sha256(utf8("hi")), 1, () -> new ByteArrayInputStream(utf8("hi")));

        for (var each : List.of(gone, shorter, longer)) {
            assertThatThrownBy(() -> bucket.put("source", each))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the source of an object fails");
            assertThat(bucket.list(null, 1_000).entries())
                    .extracting(Listing.Entry::key)
                    .doesNotContain("source");
        }
    }

    @Test
    @DisplayName("lists page by page what is below the prefix, and since when")
    void lists() throws Exception {
        server.put("other/key", utf8("x"));
        server.put("tributary/mediamarkt", utf8("x"));
        for (int i = 0; i < 5; i++) {
            bucket.put("list/" + i, payload(utf8("x")));
        }
        List<String> keys = new ArrayList<>();
        @Nullable String from = null;
        int pages = 0;
        do {
            Listing page = bucket.list(from, 2);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(2);
            page.entries().forEach(each -> keys.add(each.key()));
            assertThat(page.entries())
                    .allMatch(each -> each.since().isAfter(Instant.now().minusSeconds(600)));
            from = page.next();
            pages++;
        } while (from != null);

        assertThat(pages).isGreaterThan(2);
        assertThat(keys).contains("list/0", "list/1", "list/2", "list/3", "list/4");
        assertThat(keys)
                .doesNotContain("key", "other/key")
                .noneMatch(each -> each.contains("markt"));
    }

    @Test
    @DisplayName(
            "with a wrong key nothing is done, and the error says what the store says, and no secret")
    void wrongKey() throws Exception {
        BucketAddress right = server.address();
        var address =
                new BucketAddress(
                        right.endpoint(),
                        right.region(),
                        right.bucket(),
                        right.prefix(),
                        right.style(),
                        new BucketAddress.Credentials(right.credentials().id(), "guessed"));
        try (var stranger = new Bucket(address, InstantSource.system(), Duration.ofSeconds(10))) {
            assertThatThrownBy(() -> stranger.put("stranger", payload(utf8("hi"))))
                    .isInstanceOf(BucketUnavailable.class)
                    .hasMessageContaining("403 SignatureDoesNotMatch")
                    .hasMessageNotContaining("guessed");
        }
        assertThat(bucket.holds("stranger", 2)).isFalse();
        assertThat(address.toString()).doesNotContain("guessed");
    }
}
