package io.tributary.host.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles what the page shows, and asks it about what a member signs.
@DisplayName("the Java of docs/webhooks.md")
final class SignatureOfDocsTest {

    private static final Path PAGE = Path.of("../../docs/webhooks.md");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String FORMER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ID = "0199f8a0-1111-7000-8000-000000000001";
    private static final Bytes BODY =
            Bytes.utf8("{\"specversion\":\"1.0\",\"text\":\"grüß dich\"}");

    @TempDir Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private Method genuine;

    @BeforeEach
    void compile() throws Exception {
        var block = JAVA.matcher(Files.readString(PAGE));
        assertThat(block.find()).as("there is Java on the page").isTrue();
        List<String> lines = block.group(1).lines().toList();
        String imports = String.join("\n", lines.stream().filter(this::isImport).toList());
        String method = String.join("\n", lines.stream().filter(each -> !isImport(each)).toList());
        Path source = folder.resolve("Hook.java");
        Files.writeString(source, imports + "\nclass Hook {\n" + method + "\n}\n");
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", "" + folder, "" + source);
        assertThat(failed).as("it compiles").isZero();
        genuine =
                hook().getDeclaredMethod(
                                "genuine", String.class, Map.class, byte[].class, Instant.class);
        genuine.setAccessible(true);
    }

    private boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private Class<?> hook() throws Exception {
        try (var classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            return classes.loadClass("Hook");
        }
    }

    private static Map<String, String> headers(String... secrets) throws Exception {
        var signatures = new StringBuilder();
        for (String secret : secrets) {
            signatures.append(signatures.isEmpty() ? "" : " ");
            signatures.append(Signature.of(secret, ID, NOW, BODY));
        }
        return Map.of(
                "webhook-id", ID,
                "webhook-timestamp", Long.toString(NOW.getEpochSecond()),
                "webhook-signature", signatures.toString());
    }

    private boolean holds(Map<String, String> headers, Bytes body, Instant at) throws Exception {
        return (boolean) genuine.invoke(null, SECRET, headers, body.toArray(), at);
    }

    @Test
    @DisplayName("takes what a member signed, also while the secret is being changed")
    void taken() throws Exception {
        assertThat(holds(headers(SECRET), BODY, NOW)).isTrue();
        assertThat(holds(headers(FORMER, SECRET), BODY, NOW.plus(Duration.ofMinutes(4)))).isTrue();
    }

    @Test
    @DisplayName("refuses another body, another secret and what is too old")
    void refused() throws Exception {
        assertThat(holds(headers(SECRET), Bytes.utf8("{}"), NOW)).isFalse();
        assertThat(holds(headers(FORMER), BODY, NOW)).isFalse();
        assertThat(holds(headers(SECRET), BODY, NOW.plus(Duration.ofMinutes(6)))).isFalse();
        assertThat(holds(headers(SECRET), BODY, NOW.minus(Duration.ofMinutes(6)))).isFalse();
    }
}
