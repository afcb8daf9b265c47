package io.tributary.host.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tributary plugin …`. What needs no member: making keys, signing, looking at jars.
@Command(
        name = "plugin",
        description = "Plugins: sign them, and look at them before they are used.",
        subcommands = {
            PluginInspectCommand.class,
            PluginVerifyCommand.class,
            PluginSignCommand.class,
            PluginKeygenCommand.class,
            PluginDigestCommand.class
        },
        footer = {
            "",
            "Example, from a jar to one that members take:",
            "  tributary plugin keygen acme",
            "  tributary plugin sign pager-1.4.0.jar --key acme.key",
            "  tributary plugin inspect pager-1.4.0.jar --trust trust.yaml"
        })
final class PluginCommand {

    @Mixin Help help = new Help();
}
