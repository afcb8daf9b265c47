package io.tributary.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayName("the words of the command line")
final class WordsTest {

    /// Every command there is, with its subcommands.
    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(Tributary.line(), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        line.getSubcommands()
                .forEach((name, inner) -> {
                    List<String> longer = new ArrayList<>(path);
                    longer.add(name);
                    collect(inner, longer, all);
                });
    }

    @Test
    @DisplayName("hold every command that the documents promise")
    void allThere() {
        assertThat(commands().map(path -> String.join(" ", path)))
                .contains(
                        "serve",
                        "account list",
                        "account show",
                        "account put",
                        "account remove",
                        "account check",
                        "token list",
                        "token create",
                        "token revoke",
                        "plugin keygen",
                        "plugin sign",
                        "plugin verify",
                        "plugin inspect",
                        "plugin digest",
                        "tail",
                        "send",
                        "conversations",
                        "dead-letters list",
                        "dead-letters show",
                        "dead-letters replay",
                        "webhooks list",
                        "webhooks show",
                        "webhooks create",
                        "webhooks pause",
                        "webhooks resume",
                        "webhooks remove",
                        "webhooks rotate",
                        "webhooks test",
                        "webhooks redeliver",
                        "members",
                        "insights",
                        "traces",
                        "backup",
                        "doctor",
                        "prepare",
                        "generate-completion",
                        "help");
    }

    @ParameterizedTest
    @MethodSource("commands")
    @DisplayName("explain themselves with --help, within 80 columns, and ours with an example")
    void helpTeaches(List<String> path) {
        List<String> words = new ArrayList<>(path);
        words.add("--help");
        Said said = Said.by(words.toArray(String[]::new));

        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Usage: tributary");
        assertThat(said.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        if (!path.isEmpty() && !List.of("help", "generate-completion").contains(path.getFirst())) {
            assertThat(said.out()).containsPattern("Examples?[:,]");
            assertThat(said.out()).contains("  tributary " + path.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"serve", "tail", "account", "token", "plugin", "dead-letters", "doctor"})
    @DisplayName("mean the same to `help` as to --help")
    void helpCommand(String command) {
        assertThat(Said.by("help", command)).isEqualTo(Said.by(command, "--help"));
    }

    @ParameterizedTest
    @CsvSource({
        "tial, 'There is no command ''tial''; did you mean ''tail''?', tributary",
        "accuont, 'There is no command ''accuont''; did you mean ''account''?', tributary",
        "account lst, 'There is no command ''lst''; did you mean ''list''?', tributary account",
        "tail --folow, 'There is no option ''--folow''; did you mean ''--follow''?', tributary tail",
        "token create x --scpe all, 'There is no option ''--scpe''; did you mean ''--scope''?', tributary token create",
        "doctor --dta=x, 'There is no option ''--dta''; did you mean ''--data''?', tributary doctor",
        "send --conversation 1 two words, '''words'' is a word too many; quote a text that has spaces.', tributary send",
        "token create, 'Missing required parameter: ''NAME''.', tributary token create",
        "tail -n many, 'Invalid value for option ''--last''', tributary tail",
        "send hello, 'Say where to: --conversation ID, or --account ID --to ADDRESS.', "
    })
    @DisplayName("that are wrong are answered with what was probably meant, and exit code 2")
    void mistyped(String typed, String told, String command) {
        Said said = Said.by((typed + (command == null ? " --token t" : "")).split(" "));

        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("tributary: ").contains(told);
        if (command != null) {
            assertThat(said.err()).endsWith("See `" + command + " --help`.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "account", "token", "dead-letters"})
    @DisplayName("that stop half-way show how they go on")
    void unfinished(String typed) {
        Said said = typed.isEmpty() ? Said.by() : Said.by(typed);

        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.err()).startsWith("Usage: tributary").contains("Commands:");
    }

    @Test
    @DisplayName("that a terminal would obey are shown instead")
    void hostileWord() {
        Said said = Said.by("\u001b[2Jtail");

        assertThat(said.exit()).isEqualTo(Exit.USAGE);
        assertThat(said.err()).doesNotContain("\u001b").contains("␛[2Jtail");
    }

    @Test
    @DisplayName("are completed by the shell, every command and option")
    void completion() {
        Said said = Said.by("generate-completion");

        assertThat(said.exit()).isEqualTo(Exit.OK);
        assertThat(said.out())
                .contains("complete -F _complete_tributary")
                .contains("dead-letters", "--follow", "--scope", "prepare");
    }
}
