package io.tributary.host.command;

import io.tributary.host.configuration.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Answers wrong words on the command line with what was probably meant.
final class Mistyped {

    private Mistyped() {}

    static int explain(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        List<String> unmatched = unmatched(mistake);
        if (!unmatched.isEmpty()) {
            err.println("tributary: " + unknown(unmatched.getFirst(), command));
        } else if (!command.getSubcommands().isEmpty()) {
            command.usage(err);
            return Exit.USAGE;
        } else {
            err.println("tributary: " + sentence(mistake));
        }
        err.println("See `" + name + " --help`.");
        return Exit.USAGE;
    }

    /// What nobody asked for, also where something else is missing: the one is often the other,
    /// mistyped.
    private static List<String> unmatched(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException strange
                ? strange.getUnmatched()
                : mistake.getCommandLine().getUnmatchedArguments();
    }

    private static String unknown(String word, CommandLine command) {
        String shown = Screen.visible(word);
        if (word.startsWith("-")) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return "There is no option '"
                    + Screen.visible(option)
                    + "'"
                    + meant(option, options(command));
        }
        Set<String> commands = command.getSubcommands().keySet();
        if (commands.isEmpty()) {
            return "'" + shown + "' is a word too many; quote a text that has spaces.";
        }
        return "There is no command '"
                + shown
                + "'"
                + meant(word.toLowerCase(Locale.ROOT), commands);
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private static String meant(String word, Iterable<String> known) {
        List<String> candidates = new ArrayList<>();
        known.forEach(candidates::add);
        return Nearest.to(word, candidates)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; there are " + String.join(", ", candidates) + ".");
    }

    private static String sentence(ParameterException mistake) {
        String said = String.valueOf(mistake.getMessage());
        return said.endsWith(".") ? said : said + ".";
    }
}
