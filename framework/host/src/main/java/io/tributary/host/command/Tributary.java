package io.tributary.host.command;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `tributary`: every command there is.
@Command(
        name = "tributary",
        description = "Every channel one stream, and answers on it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            TailCommand.class,
            SendCommand.class,
            ConversationsCommand.class,
            AccountCommand.class,
            TokenCommand.class,
            DeadLetterCommand.class,
            BackupCommand.class,
            DoctorCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        footer = {
            "",
            "First steps:",
            "  tributary serve                     start a member; it prints where it is and a token",
            "  tributary tail --follow             see what happens",
            "  tributary help account put          connect a channel",
            "  source <(tributary generate-completion)   completion for bash and zsh",
            "",
            "Exit codes: 0 done, 1 refused, 2 usage, 69 no member, 77 not allowed, 78 configuration."
        })
final class Tributary {}
