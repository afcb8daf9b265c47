package io.tributary.host.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a command printed, and its exit code; what a library printed past it counts as an error.
public record Said(int exit, String out, String err) {

    static Said by(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var stray = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(stray, true, StandardCharsets.UTF_8));
        try {
            int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
            return new Said(exit, out.toString(), err + stray.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(usual);
        }
    }

    /// The same in another folder, for which it takes another process.
    static Said in(Path folder, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TRIBUTARY_"));
        Path err = Files.createTempFile(folder, "said", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }

    /// Standard output, read as the one JSON value that it is to be.
    public JsonNode json() {
        return Client.JSON.readTree(out);
    }

    public List<String> lines() {
        return out.lines().toList();
    }

    String all() {
        return out + err;
    }
}
