package io.tributary.host.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// Where `bin/tributary` begins.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = Tributary.line(arguments);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((mistyped, _) -> Mistyped.explain(mistyped));
        line.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        return line.execute(arguments);
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandFailed told) {
            command.getErr().println("tributary: " + told.getMessage());
            return told.exit();
        }
        if (failure instanceof InterruptedException) {
            return Exit.INTERRUPTED;
        }
        throw failure;
    }
}
