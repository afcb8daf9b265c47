package io.tributary.host.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.secrets.SecretsUnusable;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what crosses the grid")
final class SealedTest {

    private static final byte[] CONTENT = "sesame".getBytes(UTF_8);

    private final Sealed one = new Sealed("shop", List.of(Keys.key(1)));

    @Test
    @DisplayName("opens at another member with the key, and shows nothing of itself")
    void roundTrip() {
        byte[] sealed = one.seal(CONTENT, "topic tail");

        assertThat(open(new Sealed("shop", List.of(Keys.key(1))), sealed)).isEqualTo(CONTENT);
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain("sesame");
        assertThat(sealed).hasSize(CONTENT.length + Sealed.OVERHEAD);
    }

    @Test
    @DisplayName("is sealed anew each time, with a higher number")
    void numbers() {
        byte[] first = one.seal(CONTENT, "topic tail");
        byte[] second = one.seal(CONTENT, "topic tail");

        assertThat(second).isNotEqualTo(first);
        assertThat(one.open(second, "topic tail").orElseThrow().number())
                .isGreaterThan(one.open(first, "topic tail").orElseThrow().number());
        assertThat(one.open(second, "topic tail").orElseThrow().session())
                .isEqualTo(one.open(first, "topic tail").orElseThrow().session());
    }

    @Test
    @DisplayName("opens in no other cluster, as nothing else, with no other key")
    void strangers() {
        byte[] sealed = one.seal(CONTENT, "topic tail");

        assertThat(one.open(sealed, "topic signals")).isEmpty();
        assertThat(new Sealed("store", List.of(Keys.key(1))).open(sealed, "topic tail")).isEmpty();
        assertThat(new Sealed("shop", List.of(Keys.key(2))).open(sealed, "topic tail")).isEmpty();
    }

    @Test
    @DisplayName("opens with no byte changed and none missing")
    void changed() {
        byte[] sealed = one.seal(CONTENT, "topic tail");

        for (int i = 0; i < sealed.length; i++) {
            byte[] other = sealed.clone();
            other[i] ^= 1;
            assertThat(one.open(other, "topic tail")).as("byte %d", i).isEmpty();
            assertThat(one.open(java.util.Arrays.copyOf(sealed, i), "topic tail")).isEmpty();
        }
    }

    @Test
    @DisplayName("goes on to be read while the key is changed, step by step on each member")
    void rotation() {
        var before = new Sealed("shop", List.of(Keys.key(1)));
        var knows = new Sealed("shop", List.of(Keys.key(1), Keys.key(2)));
        var uses = new Sealed("shop", List.of(Keys.key(2), Keys.key(1)));
        var after = new Sealed("shop", List.of(Keys.key(2)));

        assertThat(open(knows, before.seal(CONTENT, "topic tail"))).isEqualTo(CONTENT);
        assertThat(open(before, knows.seal(CONTENT, "topic tail"))).isEqualTo(CONTENT);
        assertThat(open(knows, uses.seal(CONTENT, "topic tail"))).isEqualTo(CONTENT);
        assertThat(open(uses, knows.seal(CONTENT, "topic tail"))).isEqualTo(CONTENT);
        assertThat(open(after, uses.seal(CONTENT, "topic tail"))).isEqualTo(CONTENT);
        assertThat(after.open(before.seal(CONTENT, "topic tail"), "topic tail")).isEmpty();
    }

    @Test
    @DisplayName("counts once: what came before is told from what is new")
    void repeats() {
        var repeats = new Repeats();
        var first = one.open(one.seal(CONTENT, "a"), "a").orElseThrow();
        var second = one.open(one.seal(CONTENT, "a"), "a").orElseThrow();
        var other = new Sealed("shop", List.of(Keys.key(1)));

        assertThat(repeats.isNew(first)).isTrue();
        assertThat(repeats.isNew(second)).isTrue();
        assertThat(repeats.isNew(second)).isFalse();
        assertThat(repeats.isNew(first)).isFalse();
        assertThat(repeats.isNew(other.open(other.seal(CONTENT, "a"), "a").orElseThrow())).isTrue();
    }

    @Test
    @DisplayName("has the same disguise by all that use the key, and by no others")
    void disguise() {
        var same = new Sealed("shop", List.of(Keys.key(1), Keys.key(2)));
        String ada = one.disguise("agent ada");

        assertThat(ada).doesNotContain("ada");
        assertThat(same.disguise("agent ada")).isEqualTo(ada);
        assertThat(one.disguise("agent bob")).isNotEqualTo(ada);
        assertThat(new Sealed("shop", List.of(Keys.key(2), Keys.key(1))).disguise("agent ada"))
                .isNotEqualTo(ada);
        assertThat(new Sealed("store", List.of(Keys.key(1))).disguise("agent ada"))
                .isNotEqualTo(ada);
    }

    @Test
    @DisplayName("needs a key of 32 bytes in base64, and complains without showing it")
    void badKeys() {
        assertThatThrownBy(() -> ClusterKey.parse("not base64!"))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("not base64!");
        assertThatThrownBy(() -> ClusterKey.parse("c2hvcnQ="))
                .isInstanceOf(SecretsUnusable.class)
                .hasMessageContaining("5 bytes instead of 32");
        assertThat(Keys.key(1)).hasToString(Keys.key(1).toString());
        assertThat(Keys.key(1).toString()).doesNotContain(Keys.text(1));
    }

    private static byte[] open(Sealed sealed, byte[] message) {
        return sealed.open(message, "topic tail").orElseThrow().content().toArray();
    }
}
