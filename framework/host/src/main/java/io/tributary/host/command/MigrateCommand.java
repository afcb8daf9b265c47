package io.tributary.host.command;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.PostgresJournal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tributary migrate`.
@Command(
        name = "migrate",
        description = "Makes the tables of the log's database, or brings them to this version.",
        footer = {
            "",
            "A member does the same when it starts. This is for those who want to see it",
            "done before, or with rights that the member has not.",
            "",
            "Example:",
            "  tributary migrate --config conf/tributary.yaml"
        })
final class MigrateCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Mixin LogTarget target = new LogTarget();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Configuration configuration = target.configuration();
        PostgresAddress address = LogTarget.database(configuration);
        try {
            PostgresJournal.migrate(address, JournalOptions.standard());
        } catch (JournalUnavailable cannot) {
            throw new CommandFailed(Exit.UNAVAILABLE, String.valueOf(cannot.getMessage()));
        }
        spec.commandLine().getOut().println("The tables are those of this version.");
        return Exit.OK;
    }
}
