package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a jar")
final class JarTricksTest {

    private static final Verification ANYBODY = new Verification(Trust.NONE.unsigned(true));
    private static final String BACK = "../../etc/cron.d/x";

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordinary")
    @DisplayName("as ordinary tools make them is taken")
    void ordinaryIsTaken(Consumer<TestZip> change) throws Exception {
        var zip = TestZip.plugin();
        change.accept(zip);

        assertThat(ANYBODY.check(zip.bytes(), "a.jar").plugin()).hasToString("pager 1.0.0");
    }

    static Stream<Arguments> ordinary() {
        return Stream.of(
                zip("stored", _ -> {}),
                zip("deflated", zip -> zip.deflated("pager/big.txt", new byte[70_000])),
                zip("with folders", zip -> zip.stored("pager/sub/", "")),
                zip("with a name in another script", zip -> zip.stored("pager/Ωмега.txt", "x")),
                zip(
                        "with sizes that follow, marked",
                        zip -> {
                            zip.deflated("pager/late.txt", "late".getBytes(StandardCharsets.UTF_8));
                            sizesFollow(zip.last(), true);
                        }),
                zip(
                        "with sizes that follow, unmarked",
                        zip -> {
                            zip.deflated("pager/late.txt", "late".getBytes(StandardCharsets.UTF_8));
                            sizesFollow(zip.last(), false);
                        }),
                zip(
                        "with times in extra fields",
                        zip -> zip.last().localExtra = new byte[] {0x55, 0x54, 1, 0, 0}),
                zip("with Unix types", zip -> zip.last().attributes = 0100644L << 16));
    }

    private static void sizesFollow(TestZip.Item item, boolean marked) {
        item.flags |= 8;
        item.localFlags |= 8;
        item.behind = TestZip.descriptor(item, marked);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    @DisplayName("that two readers could see differently, or that hides something, is refused")
    void tricksAreRefused(Consumer<TestZip> trick, String reason) {
        var zip = TestZip.plugin();
        trick.accept(zip);

        assertThatThrownBy(() -> ANYBODY.check(zip.bytes(), "a.jar"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> tricks() {
        return Stream.of(structure(), names(), fields(), contents(), manifests()).flatMap(s -> s);
    }

    private static Stream<Arguments> structure() {
        return Stream.of(
                trick("bytes before it", zip -> zip.before = new byte[] {1}, "belong to nothing"),
                trick(
                        "another jar before it",
                        zip -> zip.before = TestZip.plugin().bytes().toArray(),
                        "two ends"),
                trick("bytes behind it", zip -> zip.after = new byte[] {1}, "bytes follow its end"),
                trick("another end in its comment", zip -> zip.comment = emptyZip(), "two ends"),
                trick(
                        "bytes between entries",
                        zip -> zip.items.get(1).behind = new byte[] {1, 2, 3},
                        "belong to nothing"),
                trick(
                        "bytes before the list",
                        zip -> zip.beforeDirectory = new byte[40],
                        "belong to nothing"),
                trick("an entry that is not listed", JarTricksTest::hideEntry, "belong to nothing"),
                trick("more entries than listed", zip -> zip.entriesMore = 1, "not where its end"),
                trick("a list elsewhere", zip -> zip.directoryMore = -1, "not where its end says"),
                trick("several parts", zip -> zip.disk = 1, "several parts"),
                trick(
                        "two entries in one place",
                        zip -> {
                            var twin = TestZip.plugin().stored("pager/twin.txt", "x").last();
                            zip.items.add(twin);
                            twin.localName = zip.items.getFirst().name;
                        },
                        "do not agree"));
    }

    private static Stream<Arguments> names() {
        return Stream.of(
                trick("a way up", zip -> zip.stored(BACK, "x"), "lead out of the jar"),
                trick("a way down and up", zip -> zip.stored("a/../../b", "x"), "lead out"),
                trick("an absolute name", zip -> zip.stored("/etc/passwd", "x"), "lead out"),
                trick("a backslash", zip -> zip.stored("..\\evil.txt", "x"), "lead out"),
                trick("a drive", zip -> zip.stored("C:evil.txt", "x"), "lead out"),
                trick("a NUL", zip -> zip.stored("good.txt\0.class", "x"), "lead out"),
                trick("no name", zip -> zip.stored("", "x"), "lead out"),
                trick("an empty step", zip -> zip.stored("a//b", "x"), "lead out"),
                trick(
                        "a name twice",
                        zip -> zip.stored("pager/TheChannel.class", "another"),
                        "twice"),
                trick(
                        "a name in capitals besides",
                        zip -> zip.stored("PAGER/thechannel.class", "another"),
                        "take for one name"),
                trick(
                        "a name in other code points besides",
                        zip -> zip.stored("pager/e\u0301.txt", "x").stored("pager/\u00e9.txt", "y"),
                        "take for one name"),
                trick(
                        "a name that is no UTF-8",
                        zip -> {
                            zip.stored("x.txt", "x");
                            zip.last().name = new byte[] {(byte) 0xFF, 't'};
                            zip.last().localName = zip.last().name;
                        },
                        "not UTF-8"),
                trick(
                        "another name in itself than in the list",
                        zip ->
                                zip.last().localName =
                                        "pager/TheChannek.class"
                                                .getBytes(StandardCharsets.US_ASCII),
                        "do not agree"));
    }

    private static Stream<Arguments> fields() {
        return Stream.of(
                trick(
                        "encryption",
                        zip -> {
                            zip.last().flags |= 1;
                            zip.last().localFlags |= 1;
                        },
                        "encrypted"),
                trick("another packing", zip -> zip.last().method = 12, "unusual way"),
                trick("other flags in itself", zip -> zip.last().localFlags = 0, "do not agree"),
                trick("another size in itself", zip -> zip.last().localSize++, "do not agree"),
                trick("a wrong checksum", zip -> zip.last().crc++, "does not unpack to what"),
                trick("a format of huge files", zip -> zip.last().format = 45, "unusual way"),
                trick(
                        "a size in an extra field",
                        zip -> zip.last().extra = new byte[] {1, 0, 8, 0, 9, 9, 9, 9, 9, 9, 9, 9},
                        "extra field"),
                trick(
                        "a name in an extra field",
                        zip -> zip.last().localExtra = new byte[] {0x75, 0x70, 1, 0, 1},
                        "extra field"),
                trick(
                        "half an extra field",
                        zip -> zip.last().extra = new byte[] {0x55, 0x54, 9},
                        "extra field"),
                trick("a link", zip -> zip.last().attributes = 0120777L << 16, "a link"),
                trick("a comment", zip -> zip.last().entryComment = new byte[] {1}, "a comment"),
                trick(
                        "sizes behind that differ",
                        zip -> {
                            zip.deflated("late.txt", "late".getBytes(StandardCharsets.UTF_8));
                            sizesFollow(zip.last(), true);
                            zip.last().behind[12]++;
                        },
                        "do not agree"),
                trick(
                        "more packed than promised",
                        zip -> {
                            zip.deflated("late.txt", new byte[500]);
                            zip.last().size = 400;
                            zip.last().localSize = 400;
                        },
                        "does not unpack to what"),
                trick(
                        "less packed than promised",
                        zip -> {
                            zip.deflated("late.txt", new byte[500]);
                            zip.last().size = 600;
                            zip.last().localSize = 600;
                        },
                        "does not unpack to what"),
                trick(
                        "something behind the packed bytes",
                        zip -> {
                            zip.deflated("late.txt", new byte[500]);
                            zip.last().packed =
                                    Arrays.copyOf(zip.last().packed, zip.last().packed.length + 3);
                        },
                        "does not unpack to what"));
    }

    private static Stream<Arguments> contents() {
        return Stream.of(
                trick("a bomb", zip -> zip.deflated("b.txt", new byte[2_000_000]), "far more"),
                trick(
                        "something in a folder's entry",
                        zip -> zip.stored("folder/", "x"),
                        "far more"),
                trick(
                        "a native library by name",
                        zip -> zip.stored("x/libx.so.1", "x"),
                        "native library x/libx.so.1"),
                trick(
                        "an ELF library",
                        zip -> zip.stored("x", bytes(0x7F, 'E', 'L', 'F')),
                        "native"),
                trick(
                        "a Mach-O library",
                        zip -> zip.stored("x", bytes(0xCF, 0xFA, 0xED, 0xFE)),
                        "native"),
                trick(
                        "a Mach-O library for two processors",
                        zip -> zip.stored("X.class", bytes(0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2)),
                        "native"),
                trick("a Windows library", zip -> zip.stored("x", windows()), "native"),
                trick("a jar within", zip -> zip.stored("lib/a.jar", "x"), "the archive lib/a.jar"),
                trick(
                        "a jar within by another name",
                        zip -> zip.stored("lib/a.txt", bytes('P', 'K', 3, 4)),
                        "the archive lib/a.txt"),
                trick(
                        "the SPI",
                        zip -> zip.stored("io/tributary/spi/X.class", "x"),
                        "host provides"),
                trick(
                        "the host",
                        zip -> zip.stored("io/tributary/host/X.class", "x"),
                        "host provides"),
                trick("slf4j", zip -> zip.stored("org/slf4j/X.class", "x"), "leave slf4j-api"),
                trick("jspecify", zip -> zip.stored("org/jspecify/X.class", "x"), "host provides"),
                trick(
                        "the SPI for a later Java only",
                        zip -> zip.stored("META-INF/versions/25/io/tributary/spi/X.class", "x"),
                        "host provides"),
                trick("no README", zip -> zip.items.remove(1), "no README.md"),
                trick(
                        "an empty README",
                        zip -> {
                            zip.items.remove(1);
                            zip.stored("README.md", "");
                        },
                        "no README.md"),
                trick("no channel", zip -> zip.items.remove(2), "brings no channel"),
                trick(
                        "a channel that is not there",
                        zip -> zip.items.remove(3),
                        "pager.TheChannel"));
    }

    private static Stream<Arguments> manifests() {
        return Stream.of(
                trick("no manifest", zip -> zip.items.removeFirst(), "no manifest"),
                manifest("no id", "Plugin-Version: 1.0.0\nTributary-Spi: 0.1", "lacks Plugin-Id"),
                manifest(
                        "an id that is none",
                        "Plugin-Id: ../x\nPlugin-Version: 1.0.0\nTributary-Spi: 0.1",
                        "its Plugin-Id must"),
                manifest(
                        "a version that is none",
                        "Plugin-Id: x\nPlugin-Version: one\nTributary-Spi: 0.1",
                        "its Plugin-Version is one"),
                manifest(
                        "a later SPI",
                        "Plugin-Id: x\nPlugin-Version: 1.0.0\nTributary-Spi: 0.2",
                        "against SPI 0.2"),
                manifest(
                        "an SPI that is none",
                        "Plugin-Id: x\nPlugin-Version: 1.0.0\nTributary-Spi: new",
                        "two numbers"),
                manifest("a class path", PLAIN + "\nClass-Path: x.jar", "has Class-Path"),
                manifest("an agent", PLAIN + "\nLauncher-Agent-Class: x.Y", "Launcher-Agent-Class"),
                manifest(
                        "names that are none",
                        PLAIN + "\nTributary-Secrets: a\u00e4",
                        "must be names"),
                manifest(
                        "a channel that is none",
                        PLAIN + "\nTributary-Channels: Pager",
                        "ids of channels"),
                manifest(
                        "more channels than classes",
                        PLAIN + "\nTributary-Channels: a b",
                        "names 2 channels"));
    }

    private static final String PLAIN = "Plugin-Id: x\nPlugin-Version: 1.0.0\nTributary-Spi: 0.1";

    @Test
    @DisplayName("larger than 64 MB is refused before it is looked at")
    void large() {
        assertThatThrownBy(
                        () -> ANYBODY.check(Bytes.wrap(new byte[JarFiles.MOST_BYTES + 1]), "a.jar"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("larger than 64 MB");
    }

    @Test
    @DisplayName("with more entries than any plugin needs is refused")
    void manyEntries() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 20_001; i++) {
                zip.putNextEntry(new ZipEntry("e" + i));
            }
        }

        assertThatThrownBy(() -> ANYBODY.check(Bytes.wrap(out.toByteArray()), "a.jar"))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("20001 entries, of at most 20000");
    }

    @Test
    @DisplayName("that is cut off anywhere is refused")
    void cutOff() {
        Bytes whole = TestZip.plugin().bytes();
        for (int length = 0; length < whole.length(); length++) {
            Bytes part = whole.slice(0, length);
            assertThatThrownBy(() -> ANYBODY.check(part, "a.jar"))
                    .as("the first %s bytes", length)
                    .isInstanceOf(Rejected.class);
        }
    }

    /// Takes the last entry from the list and leaves its bytes.
    private static void hideEntry(TestZip zip) {
        var hidden = new TestZip().stored("hidden.class", "x");
        byte[] all = hidden.bytes().toArray();
        zip.last().behind = Arrays.copyOf(all, 30 + "hidden.class".length() + 1);
    }

    private static byte[] emptyZip() {
        return new TestZip().bytes().toArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] windows() {
        byte[] library = new byte[0x84];
        library[0] = 'M';
        library[1] = 'Z';
        library[0x3C] = (byte) 0x80;
        library[0x80] = 'P';
        library[0x81] = 'E';
        return library;
    }

    private static Arguments zip(String name, Consumer<TestZip> change) {
        return arguments(named(name, change));
    }

    private static Arguments trick(String name, Consumer<TestZip> change, String reason) {
        return arguments(named(name, change), reason);
    }

    private static Arguments manifest(String name, String lines, String reason) {
        return trick(
                name,
                zip -> {
                    zip.items.removeFirst();
                    zip.stored("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + lines + "\n\n");
                },
                reason);
    }
}
