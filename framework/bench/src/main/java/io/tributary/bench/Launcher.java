package io.tributary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The distribution's launcher, and the flags it gives a member's JVM: whoever is compared gets the
/// same memory, collector and object layout.
///
/// @param flags without the tuning
/// @param tuning what an operator may replace
record Launcher(Path file, Path home, List<String> flags, List<String> tuning) {

    private static final Pattern TUNING = Pattern.compile("TRIBUTARY_JAVA_OPTIONS:-([^}]+)}");
    private static final Pattern FLAG = Pattern.compile("^ {2}(-[^\\\\]+?) *\\\\$");

    static Launcher of(Path project) throws IOException {
        Path home = project.resolve("framework/host/target/tributary");
        Path file = home.resolve("bin/tributary");
        List<String> lines = Files.readAllLines(file);
        List<String> flags = new ArrayList<>();
        for (String line : lines.subList(lines.indexOf("exec \"$java\" \\") + 1, lines.size())) {
            Matcher flag = FLAG.matcher(line);
            if (flag.matches() && !flag.group(1).startsWith("-cp")) {
                String text = flag.group(1).replace("\"$home\"", home.toString());
                flags.addAll(List.of(text.split(" ", -1)));
            }
        }
        Matcher tuning = TUNING.matcher(String.join("\n", lines));
        if (flags.isEmpty() || !tuning.find()) {
            throw new IOException("the flags of a member's JVM were not found in " + file);
        }
        return new Launcher(file, home, flags, List.of(tuning.group(1).split(" ", -1)));
    }
}
