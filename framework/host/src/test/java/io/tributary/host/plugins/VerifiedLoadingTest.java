package io.tributary.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.artifacts.JarFiles;
import io.tributary.host.artifacts.Signing;
import io.tributary.host.artifacts.SigningKeys;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.TrustedKey;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.rollouts.Rollouts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("signed plugins")
final class VerifiedLoadingTest {

    private static final KeyPair ACME = SigningKeys.generate();
    private static final KeyPair OTHER = SigningKeys.generate();

    @TempDir Path folder;

    private final Watchdog watchdog = new Watchdog();
    private final LoaderWatch loaders = new LoaderWatch(InstantSource.system());

    /// The classes of the test's plugins set it when they are initialised.
    private final String trace = "tributary.test." + UUID.randomUUID();

    private @Nullable Plugins plugins;

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
        loaders.close();
        watchdog.close();
        System.clearProperty(trace);
    }

    @Test
    @DisplayName("are loaded, and say who signed them")
    void loaded() throws Exception {
        sign(tracing("pager", "1.0.0", "ran").write(folder, "a.jar"), ACME);

        var loaded = load(trusting("pager"));

        assertThat(loaded.refusals()).isEmpty();
        assertThat(loaded.loaded().getFirst().jar().voucher().toString())
                .startsWith("Acme (ed25519-");
        assertThat(System.getProperty(trace)).isEqualTo("ran");
    }

    @Test
    @DisplayName("that are refused have no class defined, and the others are loaded")
    void noClassDefined() throws Exception {
        Path unsigned = tracing("unsigned", "1.0.0", "unsigned").write(folder, "a-unsigned.jar");
        Path wrongKey = tracing("wrong", "1.0.0", "wrong key").write(folder, "b-wrong-key.jar");
        sign(wrongKey, OTHER);
        Path notIts = tracing("kiosk", "1.0.0", "not for this id").write(folder, "c-not-its.jar");
        sign(notIts, ACME);
        Path flipped = tracing("pager", "1.0.0", "flipped").write(folder, "d-flipped.jar");
        sign(flipped, ACME);
        flip(flipped);
        Path appended = tracing("pager", "1.0.0", "appended").write(folder, "e-appended.jar");
        sign(appended, ACME);
        Files.write(appended, zip("pager/More.class"), StandardOpenOption.APPEND);
        Path prepended = tracing("pager", "1.0.0", "prepended").write(folder, "f-prepended.jar");
        sign(prepended, ACME);
        byte[] signed = Files.readAllBytes(prepended);
        Files.write(prepended, zip("pager/More.class"));
        Files.write(prepended, signed, StandardOpenOption.APPEND);
        Path comment = tracing("pager", "1.0.0", "comment").write(folder, "g-comment.jar");
        sign(comment, ACME);
        byte[] altered = Files.readAllBytes(comment);
        altered[altered.length - 3] ^= 1;
        Files.write(comment, altered);
        sign(
                PluginJar.plain("pager-good", "1.0.0")
                        .manifest("Tributary-Channels", "pager-good")
                        .write(folder, "z.jar"),
                ACME);

        var loaded = load(trusting("pager*"));

        assertThat(System.getProperty(trace)).isNull();
        assertThat(loaded.loaded())
                .extracting(each -> each.version().id())
                .containsExactly("pager-good");
        assertThat(loaded.refusals())
                .satisfiesExactly(
                        each -> assertThat(each.reason()).startsWith("it is not signed"),
                        each -> assertThat(each.reason()).contains("does not name"),
                        each -> assertThat(each.reason()).contains("may sign pager* only"),
                        each -> assertThat(each.file()).isEqualTo("d-flipped.jar"),
                        each -> assertThat(each.file()).isEqualTo("e-appended.jar"),
                        each -> assertThat(each.file()).isEqualTo("f-prepended.jar"),
                        each -> assertThat(each.reason()).contains("signature is wrong"));
    }

    @Test
    @DisplayName("that are revoked have no class defined")
    void revoked() throws Exception {
        Path jar = tracing("pager", "1.0.0", "revoked").write(folder, "a.jar");
        sign(jar, ACME);
        String sha256 = JarFiles.sha256(JarFiles.read(jar));
        List<TrustedKey> keys = trusting("*").keys();
        String id = SigningKeys.id(ACME.getPublic());

        for (Trust revoking :
                List.of(
                        new Trust(keys, Set.of(id), Set.of(), Set.of(), true),
                        new Trust(keys, Set.of(), Set.of(sha256), Set.of(), true))) {
            assertThat(load(revoking).refusals())
                    .singleElement()
                    .satisfies(each -> assertThat(each.reason()).contains("revoke"));
        }
        assertThat(System.getProperty(trace)).isNull();
    }

    @Test
    @DisplayName("are loaded as they were verified, whatever becomes of the file meanwhile")
    void swapped() throws Exception {
        Path file = tracing("pager", "1.0.0", "verified").write(folder, "a.jar");
        sign(file, ACME);
        Path evil = tracing("pager", "1.0.0", "swapped").write(folder, "evil.bin");
        var verified = new Verification(trusting("pager")).check(JarFiles.read(file), "a.jar");

        Files.delete(file);
        Files.move(evil, file);
        try (var _ = new VersionLoader(setup()).load(verified)) {
            assertThat(System.getProperty(trace)).isEqualTo("verified");
        }

        System.clearProperty(trace);
        Files.delete(file);
        try (var _ = new VersionLoader(setup()).load(verified)) {
            assertThat(System.getProperty(trace)).isEqualTo("verified");
        }
    }

    @Test
    @DisplayName("that bring other channels than was signed are refused")
    void otherChannels() throws Exception {
        sign(
                PluginJar.plain("pager", "1.0.0")
                        .manifest("Tributary-Channels", "kiosk")
                        .write(folder, "a.jar"),
                ACME);

        assertThat(load(trusting("*")).refusals())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.reason())
                                .isEqualTo(
                                        "its manifest names the channels kiosk, and it brings pager;"
                                                + " both are to say the same"));
    }

    @Test
    @DisplayName("find their resources and services in memory, those for this Java before others")
    void resources() throws Exception {
        PluginJar.of("pager", "1.0.0")
                .manifest("Multi-Release", "true")
                .entry("pager/text.txt", text("for all"))
                .entry("META-INF/versions/21/pager/text.txt", text("for 21"))
                .entry("META-INF/versions/25/pager/text.txt", text("for 25"))
                .entry("META-INF/versions/99/pager/text.txt", text("for 99"))
                .entry("META-INF/versions/25/pager/new.txt", text("new"))
                .entry("pager/with space+ü.txt", text("spaced"))
                .entry("META-INF/services/java.lang.Runnable", text("pager.Job # one\n"))
                .source(
                        "pager.Job",
                        "package pager; public class Job implements Runnable { public void run() {} }")
                .channel(
                        "pager",
                        "pager",
                        """
                        var loader = getClass().getClassLoader();
                        var seen = new StringBuilder();
                        for (var name : List.of("pager/text.txt", "pager/new.txt", "pager/with space+ü.txt",
                                "META-INF/versions/21/pager/text.txt")) {
                            try (var in = getClass().getResourceAsStream("/" + name)) {
                                seen.append(new String(in.readAllBytes())).append('|');
                            }
                            var url = loader.getResource(name);
                            try (var in = url.openStream()) {
                                seen.append(in.readAllBytes().length).append('|');
                            }
                        }
                        seen.append(loader.getResource("pager/none.txt")).append('|');
                        seen.append(Collections.list(loader.getResources("pager/text.txt")).size()).append('|');
                        for (var job : ServiceLoader.load(Runnable.class, loader)) {
                            seen.append(job.getClass().getName()).append('|');
                        }
                        seen.append(getClass().getPackageName()).append('|');
                        seen.append(getClass().getProtectionDomain().getCodeSource().getLocation());
                        System.setProperty("%s", seen.toString());
                        """
                                .formatted(trace),
                        "return null;")
                .write(folder, "a.jar");

        assertThat(load(Trust.NONE.unsigned(true)).refusals()).isEmpty();

        assertThat(System.getProperty(trace))
                .isEqualTo(
                        "for 25|6|new|3|spaced|6|for 21|6|null|1|pager.Job|pager|"
                                + "tributary-plugin:/pager/1.0.0/");
    }

    @Test
    @DisplayName("keep no file open and hold nothing of the jar after they are closed")
    void closed() throws Exception {
        tracing("pager", "1.0.0", "ran").write(folder, "a.jar");
        var loaded = load(Trust.NONE.unsigned(true));
        var loader =
                loaded.loaded()
                        .getFirst()
                        .channels()
                        .getFirst()
                        .channel()
                        .getClass()
                        .getClassLoader();
        assertThat(loader.getResource("META-INF/README.md")).isNotNull();

        loaded.close();

        assertThat(loader.getResource("META-INF/README.md")).isNull();
    }

    /// A plugin whose class leaves a trace when it is initialised.
    private PluginJar tracing(String id, String version, String value) {
        return PluginJar.of(id, version)
                .manifest("Tributary-Channels", id)
                .channel("traced", id, "Trace.leave();", "return null;")
                .source(
                        "traced.Trace",
                        """
                        package traced;
                        final class Trace {
                            static { System.setProperty("%s", "%s"); }
                            static void leave() {}
                        }
                        """
                                .formatted(trace, value));
    }

    private static void sign(Path jar, KeyPair key) throws Exception {
        Files.write(jar, Signing.sign(JarFiles.read(jar), key).toArray());
    }

    /// One bit in the middle.
    private static void flip(Path jar) throws Exception {
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 3] ^= 4;
        Files.write(jar, bytes);
    }

    private static byte[] zip(String name) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text("x"));
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Trust trusting(String plugins) {
        return Trust.NONE.with(new TrustedKey(ACME.getPublic(), "Acme", List.of(plugins)));
    }

    private Plugins load(Trust trust) throws InterruptedException {
        var loaded = Rollouts.dry(folder, new Verification(trust), new VersionLoader(setup()));
        plugins = loaded;
        return loaded;
    }

    private PluginSetup setup() {
        return new PluginSetup(watchdog, loaders, text -> text, _ -> {});
    }
}
