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
        line.setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        addHelp(line);
        return line.execute(arguments);
    }

    private static void addHelp(CommandLine line) {
        line.getSubcommands()
                .values()
                .forEach(each -> {
                    if (!each.getMixins().containsKey("mixinStandardHelpOptions")) {
                        each.getCommandSpec().mixinStandardHelpOptions(true);
                    }
                    addHelp(each);
                });
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof CommandFailed told) {
            command.getErr().println("tributary: " + told.getMessage());
            return told.exit();
        }
        throw failure;
    }
}
