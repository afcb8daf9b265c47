package io.tributary.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A folder with the distribution in it, and what its launcher says.
record Distribution(Path home) {

    /// As the build left it.
    static final Distribution BUILT =
            new Distribution(Path.of("../host/target/tributary").toAbsolutePath().normalize());

    record Said(int exit, String out, String err) {}

    Path launcher() {
        return home.resolve("bin/tributary");
    }

    /// Nothing of this process's own environment that Tributary would read.
    ProcessBuilder process(Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(each -> each.startsWith("TRIBUTARY_"));
        builder.environment().putAll(environment);
        return builder;
    }

    Said run(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Process process = process(environment, words).start();
        process.getOutputStream().close();
        var err = CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
        String out = all(process.getInputStream());
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end of " + List.of(words));
        }
        return new Said(process.exitValue(), out, err.join());
    }

    private static String all(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            throw new java.io.UncheckedIOException(cut);
        }
    }
}
