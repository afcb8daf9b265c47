package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a signature")
final class SignatureTest {

    private static final KeyPair ACME = SigningKeys.generate();
    private static final KeyPair OTHER = SigningKeys.generate();

    private final Bytes bare = TestZip.plugin().bytes();

    @Test
    @DisplayName("makes a jar taken where its key may sign the plugin")
    void taken() throws Exception {
        VerifiedJar jar = check(Signing.sign(bare, ACME), trusting("pager"));

        assertThat(jar.voucher())
                .isEqualTo(new Voucher.Signed(SigningKeys.id(ACME.getPublic()), "Acme"));
        assertThat(jar.manifest().channels()).containsExactly("pager");
        assertThat(jar.sha256()).isEqualTo(Digests.of(bare));
    }

    @Test
    @DisplayName("is the same for the same jar and key, whether it was signed before or not")
    void deterministic() throws Exception {
        Bytes signed = Signing.sign(bare, ACME);

        assertThat(Signing.sign(bare, ACME)).isEqualTo(signed);
        assertThat(Signing.sign(signed, ACME)).isEqualTo(signed);
        assertThat(Signing.sign(Signing.sign(bare, OTHER), ACME)).isEqualTo(signed);
    }

    @ParameterizedTest
    @CsvSource({
        "pager,true", "*,true", "pag*,true", "pager*,true",
        "page,false", "pagers,false", "pagers*,false", "PAGER,false"
    })
    @DisplayName(
            "counts for the plugins that the trust list gives its key, exactly or by a beginning")
    void onlyItsPlugins(String plugins, boolean counts) throws Exception {
        Bytes signed = Signing.sign(bare, ACME);

        if (counts) {
            assertThat(check(signed, trusting(plugins)).plugin().id()).isEqualTo("pager");
        } else {
            assertRejected(signed, trusting(plugins), "which may sign " + plugins + " only");
        }
    }

    @Test
    @DisplayName(
            "that is not there is missed, unless a developer or the distribution says otherwise")
    void unsigned() throws Exception {
        assertRejected(bare, trusting("*"), "it is not signed");
        assertThat(check(bare, Trust.NONE.unsigned(true)).voucher())
                .isEqualTo(new Voucher.Unsigned());
        assertThat(check(bare, Trust.NONE.bundling(Set.of(Digests.of(bare)))).voucher())
                .isEqualTo(new Voucher.Bundled());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("of a key that nobody named counts nothing, also where unsigned jars are allowed")
    void unknownKey(boolean unsignedAllowed) throws Exception {
        assertRejected(
                Signing.sign(bare, OTHER),
                trusting("*").unsigned(unsignedAllowed),
                "which the trust list does not name");
    }

    @Test
    @DisplayName("that pretends to be another key's is wrong")
    void pretended() throws Exception {
        Bytes other = Signing.sign(bare, OTHER);
        Seal seal = OpenedJar.open(other, "").seal().orElseThrow();
        var pretended =
                new Seal(SigningKeys.id(ACME.getPublic()), seal.signature(), seal.manifest());

        assertRejected(commented(pretended.comment()), trusting("*"), "its signature is wrong");
    }

    @Test
    @DisplayName("of a revoked key counts nothing, although the key is named")
    void revokedKey() throws Exception {
        Trust trust = trusting("*");
        var revoked =
                new Trust(
                        trust.keys(),
                        Set.of(SigningKeys.id(ACME.getPublic())),
                        Set.of(),
                        Set.of(),
                        true);

        assertRejected(Signing.sign(bare, ACME), revoked, "which the trust list revokes");
    }

    @Test
    @DisplayName("does not help a revoked jar, nor does that it was bundled")
    void revokedJar() throws Exception {
        String sha256 = Digests.of(bare);
        var revoked =
                new Trust(trusting("*").keys(), Set.of(), Set.of(sha256), Set.of(sha256), true);

        assertRejected(Signing.sign(bare, ACME), revoked, "revoked by the trust list");
        assertRejected(bare, revoked, "revoked by the trust list");
    }

    @Test
    @DisplayName("of one jar does not fit another")
    void ofAnotherJar() throws Exception {
        Seal seal = OpenedJar.open(Signing.sign(bare, ACME), "").seal().orElseThrow();
        TestZip changed = TestZip.plugin().stored("pager/More.class", "one entry more");
        changed.comment = seal.comment().toArray();

        assertRejected(changed.bytes(), trusting("*"), "of another jar, or it was changed");
    }

    @Test
    @DisplayName("over a manifest that claims less than the jar says counts nothing")
    void otherManifest() throws Exception {
        PluginManifest claims = OpenedJar.open(bare, "").manifest();
        var modest =
                new PluginManifest(
                        claims.plugin(),
                        claims.spi(),
                        claims.sha256(),
                        List.of("kiosk"),
                        List.of(),
                        List.of(),
                        List.of());

        assertRejected(
                commented(seal(ManifestJson.write(modest)).comment()),
                trusting("*"),
                "of another jar");
    }

    @Test
    @DisplayName("over a manifest in another form is refused, although it would read the same")
    void otherForm() throws Exception {
        String json = ManifestJson.write(OpenedJar.open(bare, "").manifest()).utf8();
        String spaced = json.replace("{\"format\"", "{ \"format\"");
        String more = json.replace("{\"format\"", "{\"trusted\":true,\"format\"");
        String twice = json.replace("{\"format\"", "{\"id\":\"kiosk\",\"format\"");

        for (String each : List.of(spaced, more, twice, "[]", "")) {
            assertRejected(
                    commented(seal(Bytes.utf8(each)).comment()),
                    trusting("*"),
                    "not in the form that this host knows");
        }
    }

    @Test
    @DisplayName("cannot be borrowed from something else that the key signed")
    void otherPurpose() throws Exception {
        Bytes json = ManifestJson.write(OpenedJar.open(bare, "").manifest());
        var borrowed =
                new Seal(
                        SigningKeys.id(ACME.getPublic()),
                        SigningKeys.sign(ACME.getPrivate(), json),
                        json);

        assertRejected(commented(borrowed.comment()), trusting("*"), "its signature is wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "made by a build tool",
                "tributary-plugin 1\n",
                "tributary-plugin 2\nkey k\nsignature AAAA\n{}",
                "tributary-plugin 1\nkey k\nsignature not base64!\n{}",
                "tributary-plugin 1\nkey  k\nsignature AAAA\n{}",
                "tributary-plugin 1\nsignature AAAA\nkey k\n{}"
            })
    @DisplayName("in no known form is refused, also where unsigned jars are allowed")
    void malformed(String comment) {
        assertRejected(
                commented(Bytes.utf8(comment)),
                Trust.NONE.unsigned(true),
                "its ZIP comment is not a signature");
    }

    @Test
    @DisplayName("leaves no byte of the jar that can be changed unnoticed")
    void everyByte() throws Exception {
        Bytes signed = Signing.sign(bare, ACME);
        Verification verification = new Verification(trusting("*"));
        var random = RandomGenerator.of("L64X128MixRandom");
        byte[] bytes = signed.toArray();
        for (int at = 0; at < bytes.length; at++) {
            int mask = 1 << random.nextInt(8);
            bytes[at] ^= (byte) mask;
            Bytes changed = Bytes.of(bytes);
            assertThatThrownBy(() -> verification.check(changed, "a.jar"))
                    .as("byte %s of %s, bits %s", at, bytes.length, mask)
                    .isInstanceOf(Rejected.class);
            bytes[at] ^= (byte) mask;
        }
        assertThat(verification.check(Bytes.of(bytes), "a.jar").file()).isEqualTo(signed);
    }

    @Test
    @DisplayName("is not given to a jar that would be refused, nor to one that hides its channels")
    void notSigned() {
        TestZip silent = TestZip.plugin();
        silent.items.removeFirst();
        silent.stored(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nPlugin-Id: pager\nPlugin-Version: 1.0.0\nTributary-Spi: 0.1\n\n");
        TestZip nested = TestZip.plugin().stored("lib/a.jar", "x");

        assertThatThrownBy(() -> Signing.sign(silent.bytes(), ACME))
                .hasMessageContaining("lacks Tributary-Channels");
        assertThatThrownBy(() -> Signing.sign(nested.bytes(), ACME))
                .hasMessageContaining("the archive lib/a.jar");
    }

    @Test
    @DisplayName("needs a key that its text brings back, and no wrong key is told of its contents")
    void keys() {
        String pem = SigningKeys.pem(ACME);
        KeyPair back = SigningKeys.readPair(pem);
        String secret = pem.lines().toList().get(1);

        assertThat(back.getPublic()).isEqualTo(ACME.getPublic());
        assertThat(SigningKeys.readPublic(SigningKeys.line(ACME.getPublic())))
                .isEqualTo(ACME.getPublic());
        assertThat(SigningKeys.readPublic(pem)).isEqualTo(ACME.getPublic());
        assertThat(SigningKeys.id(ACME.getPublic())).matches("ed25519-[0-9a-f]{32}");
        for (String wrong :
                List.of(
                        "",
                        secret,
                        SigningKeys.pem(ACME.getPublic()),
                        pem.replace(secret, secret.substring(4)),
                        pem.replace(
                                SigningKeys.line(ACME.getPublic()),
                                SigningKeys.line(OTHER.getPublic())))) {
            assertThatThrownBy(() -> SigningKeys.readPair(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain(secret.substring(4, 20));
        }
    }

    private static Seal seal(Bytes manifest) {
        return new Seal(
                SigningKeys.id(ACME.getPublic()),
                SigningKeys.sign(ACME.getPrivate(), Seal.signed(manifest)),
                manifest);
    }

    private static Bytes commented(Bytes comment) {
        TestZip zip = TestZip.plugin();
        zip.comment = comment.toArray();
        return zip.bytes();
    }

    private static Trust trusting(String plugins) {
        return Trust.NONE.with(new TrustedKey(ACME.getPublic(), "Acme", List.of(plugins)));
    }

    private static VerifiedJar check(Bytes file, Trust trust) throws Rejected {
        return new Verification(trust).check(file, "a.jar");
    }

    private static void assertRejected(Bytes file, Trust trust, String reason) {
        assertThatThrownBy(() -> check(file, trust))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(reason);
    }
}
