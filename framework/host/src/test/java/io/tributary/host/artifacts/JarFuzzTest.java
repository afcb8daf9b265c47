package io.tributary.host.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tributary.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;

/// Jars come from strangers.
final class JarFuzzTest {

    private static final Verification ANYBODY = new Verification(Trust.NONE.unsigned(true));

    @FuzzTest(maxDuration = "10s")
    void whatIsTakenReadsTheSameElsewhere(byte[] bytes) throws IOException {
        VerifiedJar jar;
        try {
            jar = ANYBODY.check(Bytes.of(bytes), "a.jar");
        } catch (Rejected rejected) {
            assertThat(rejected.reason()).isNotBlank();
            return;
        }
        assertThat(elsewhere(bytes))
                .containsKey("META-INF/MANIFEST.MF")
                .allSatisfy((name, content) -> assertThat(jar.find(name)).contains(content));
    }

    /// As the JDK reads the file from its beginning to its end, without looking at its list.
    private static Map<String, Bytes> elsewhere(byte[] bytes) throws IOException {
        Map<String, Bytes> files = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), Bytes.wrap(zip.readAllBytes()));
                }
            }
        }
        return files;
    }
}
