package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// Appends until it is killed, and tells each key that was acknowledged, one a line: written to the
/// pipe when the future completes, so what was not told was not acknowledged.
final class AppendingProgram {

    private AppendingProgram() {}

    /// Arguments: the folder, and a number that makes the keys of this run its own.
    public static void main(String[] arguments) throws InterruptedException {
        String run = arguments[1];
        var told =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Journal journal =
                SqliteJournal.open(
                        Path.of(arguments[0]), JournalOptions.standard().sortedAtOnce(200));
        ConversationId conversation = Samples.conversation(journal, "+" + run);
        told.println("ready");
        var waiting = new Semaphore(100);
        for (int i = 0; true; i++) {
            String key = run + "-" + i;
            waiting.acquire();
            var _ =
                    journal.append(Samples.webhook(conversation, key))
                            .whenComplete((commit, error) -> {
                                if (commit instanceof Commit.Done) {
                                    told.println("acknowledged " + key);
                                }
                                waiting.release();
                            });
        }
    }
}
