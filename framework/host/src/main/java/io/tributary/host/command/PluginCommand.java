package io.tributary.host.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tributary plugin …`. Making keys, signing and looking at jars needs no member; the others ask a
/// running one.
@Command(
        name = "plugin",
        description = "Plugins: sign them, look at them, and change them while a member serves.",
        subcommands = {
            InstalledPlugins.Listing.class,
            InstalledPlugins.Status.class,
            PluginRolloutCommand.class,
            InstalledPlugins.Adding.class,
            InstalledPlugins.Rollback.class,
            InstalledPlugins.Removal.class,
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
            "  tributary plugin inspect pager-1.4.0.jar --trust trust.yaml",
            "  tributary plugin add pager-1.4.0.jar"
        })
final class PluginCommand {

    @Mixin Help help = new Help();
}
