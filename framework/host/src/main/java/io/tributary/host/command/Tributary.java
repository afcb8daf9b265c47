package io.tributary.host.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `tributary`: every command there is.
///
/// Reading what a command declares takes longer than many a command: who names one gets that one
/// alone, who asks for help or mistypes gets them all.
@Command(
        name = "tributary",
        description = "Every channel one stream, and answers on it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "First steps:",
            "  tributary serve               start a member; it says where, and a token",
            "  tributary account put --help  connect a channel",
            "  tributary tail --follow       see what happens",
            "  tributary new-channel NAME    write a channel of your own",
            "",
            "Completion for bash and zsh:    source <(tributary generate-completion)",
            "Exit codes: 0 done, 1 refused, 2 wrong words, 69 no member answers,",
            "            77 not allowed, 78 wrong configuration"
        })
final class Tributary {

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("serve", ServeCommand::new);
        commands.put("tail", TailCommand::new);
        commands.put("send", SendCommand::new);
        commands.put("conversations", ConversationsCommand::new);
        commands.put("account", AccountCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("plugin", PluginCommand::new);
        commands.put("dead-letters", DeadLetterCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("webhooks", WebhooksCommand::new);
        commands.put("members", MembersCommand::new);
        commands.put("insights", InsightsCommand::new);
        commands.put("traces", TracesCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("copy", CopyCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("new-channel", NewChannelCommand::new);
        commands.put("dev", DevCommand::new);
        commands.put("prepare", PrepareCommand::new);
        commands.put("repository", RepositoryCommand::new);
        return Collections.unmodifiableMap(commands);
    }

    static CommandLine line(String... arguments) {
        var line = new CommandLine(new Tributary());
        Supplier<Object> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        if (named == null) {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
            line.addSubcommand(new GenerateCompletion()).addSubcommand(new HelpCommand());
        } else {
            line.addSubcommand(arguments[0], named.get());
        }
        return line;
    }
}
