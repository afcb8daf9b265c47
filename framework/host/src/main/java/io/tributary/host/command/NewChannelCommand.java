package io.tributary.host.command;

import io.tributary.host.workshop.ChannelName;
import io.tributary.host.workshop.NewChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tributary new-channel NAME`.
@Command(
        name = "new-channel",
        description = "Makes the Maven project of a new channel.",
        footer = {
            "",
            "It compiles, passes the channel contract, and runs: a channel that takes and",
            "brings texts over HTTP, to be changed into yours. docs/write-a-channel.md goes on",
            "from here.",
            "",
            "Example:",
            "  tributary new-channel paging --package com.example.paging"
        })
final class NewChannelCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            description = "The channel's id: lower-case letters, digits, dashes.")
    String name = "";

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "Of its classes (default: com.example.NAME).")
    @Nullable String javaPackage;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the project is made (default: NAME).")
    @Nullable Path dir;

    @Override
    public Integer call() {
        Path folder = dir == null ? Path.of(name) : dir;
        List<Path> written;
        try {
            written =
                    new NewChannel(ChannelName.of(name, javaPackage), Home.folder())
                            .writeTo(folder);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(Exit.USAGE, wrong.getMessage() + ".");
        } catch (IllegalStateException taken) {
            throw new CommandFailed(
                    Exit.REFUSED, taken.getMessage() + "; name another folder with --dir.");
        } catch (IOException failure) {
            throw new CommandFailed(
                    Exit.REFUSED, folder + " cannot be written: " + failure.getMessage() + ".");
        }
        Screen screen = new Output(spec.commandLine().getOut(), false).screen();
        screen.line("Made the channel " + name + " in " + Screen.visible(folder.toString()) + ":");
        written.forEach(each -> screen.line("  " + Screen.visible(each.toString())));
        screen.line("");
        screen.line("Next:");
        screen.line("  cd " + Screen.visible(folder.toString()));
        screen.line("  tributary dev      # run it, see what happens, reload on save");
        screen.line("  mvn verify         # its tests and the channel contract; makes the jar");
        return Exit.OK;
    }
}
