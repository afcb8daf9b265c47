package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that appends, at moments that are chosen at random, and looks whether what it
/// acknowledged is there.
///
/// `-Dtributary.kills=200` kills that often.
final class KilledJournalIT {

    private static final int KILLS = Integer.getInteger("tributary.kills", 4);

    @TempDir Path folder;

    @Test
    @DisplayName("whatever was acknowledged before a kill -9 is there once, and in order")
    void killed() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<List<String>> acknowledged = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            acknowledged.add(appendUntilKilled(run, 200 + random.nextInt(4_000)));
        }

        assertThat(SqliteJournal.examine(folder)).isEmpty();
        List<String> stored = stored();
        assertThat(new HashSet<>(stored)).as("once, seed %d", seed).hasSameSizeAs(stored);
        for (List<String> run : acknowledged) {
            assertThat(run).hasSizeGreaterThan(100);
            Set<String> of = new HashSet<>(run);
            assertThat(stored.stream().filter(of::contains).toList())
                    .as("kept and in order, seed %d", seed)
                    .isEqualTo(run);
        }
    }

    /// Kills when so many were acknowledged: the program is in the midst of its next commits then.
    private List<String> appendUntilKilled(int run, int after) throws IOException {
        Process process =
                Child.start(AppendingProgram.class, folder.toString(), Integer.toString(run));
        List<String> acknowledged = new ArrayList<>();
        var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> other = new ArrayList<>();
        boolean killed = false;
        // what is in the pipe when it is killed was acknowledged, too
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("acknowledged ")) {
                acknowledged.add(line.substring("acknowledged ".length()));
            } else {
                other.add(line);
            }
            if (!killed && acknowledged.size() >= after) {
                process.toHandle().destroyForcibly(); // the process itself would close its pipe
                killed = true;
            }
        }
        assertThat(killed).as("it ran until it was killed: %s", other).isTrue();
        return acknowledged;
    }

    /// The keys of all stored interactions, in order of position, each with its reference and raw
    /// event.
    private List<String> stored() {
        List<String> keys = new ArrayList<>();
        try (Journal journal = SqliteJournal.open(folder, JournalOptions.standard())) {
            long after = 0;
            while (after < journal.log().head()) {
                LogReader.Page page = journal.log().after(after, Filter.ALL, 1000);
                for (Row row : page.rows()) {
                    assertThat(row.position()).isEqualTo(after + 1);
                    after = row.position();
                    keys.add(keyOf(journal, row));
                }
            }
        }
        return keys;
    }

    private static String keyOf(Journal journal, Row row) {
        LogReader.Raw raw = journal.log().raw(row.id()).orElseThrow();
        String key = raw.body().utf8().substring("raw ".length());
        assertThat(journal.directory().reference(Samples.ACCOUNT, key))
                .hasValueSatisfying(
                        reference -> assertThat(reference.interaction()).isEqualTo(row.id()));
        return key;
    }
}
