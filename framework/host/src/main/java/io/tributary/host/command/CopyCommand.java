package io.tributary.host.command;

import io.tributary.host.MediaStorage;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.JournalOptions;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.LogCopy;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.objects.BucketUnavailable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tributary copy`.
@Command(
        name = "copy",
        description = "Brings the log of a data folder into the database that the file names.",
        footer = {
            "",
            "Stop the member first. All of it comes or nothing; the folder stays as it is.",
            "Readers go on with the cursors they have. Media come along, each compared with what",
            "was recorded of it. The master key stays in the data folder: start the member with",
            "the same folder and the database.",
            "",
            "Example:",
            "  tributary copy --config conf/tributary.yaml --data /var/lib/tributary"
        })
final class CopyCommand implements Callable<Integer> {

    @Mixin Help help = new Help();

    @Mixin LogTarget target = new LogTarget();

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Configuration configuration = target.configuration();
        PostgresAddress address = LogTarget.database(configuration);
        PrintWriter out = spec.commandLine().getOut();
        try (MediaStorage media = LogTarget.media(configuration)) {
            LogCopy.Copied copied =
                    LogCopy.copy(
                            configuration.data(),
                            address,
                            JournalOptions.standard(),
                            media::files,
                            (table, rows) -> {
                                if (rows > 0) {
                                    out.printf("  %-16s %,12d rows%n", table, rows);
                                    out.flush();
                                }
                            });
            out.printf(
                    "Complete: %,d interactions, %,d files of media.%n",
                    copied.interactions(), copied.files());
            if (copied.stayed() > 0) {
                out.printf("%,d media stay in the bucket.%n", copied.stayed());
            }
            if (media.bucket().isPresent()) {
                out.println(
                        "The log that was copied has the same place in the bucket: start no member"
                                + " on it any more, which would clear away there what comes now.");
            }
            if (copied.lost() > 0) {
                out.printf(
                        "%,d media have no file in the folder, or another one than was recorded;"
                                + " they say so from now on (file-lost).%n",
                        copied.lost());
            }
            return Exit.OK;
        } catch (JournalUnavailable cannot) {
            Throwable told = cannot.getCause() instanceof BucketUnavailable why ? why : cannot;
            throw new CommandFailed(Exit.UNAVAILABLE, String.valueOf(told.getMessage()));
        } catch (BucketUnavailable away) {
            throw new CommandFailed(Exit.UNAVAILABLE, String.valueOf(away.getMessage()));
        }
    }
}
