package io.tributary.host.media;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.MediaRecords;
import io.tributary.model.MediaId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Removes files that nobody refers to: what a crash left half written, names whose medium was
/// never recorded, contents without a name.
///
/// Only what is older than a day, so that it never meets what is being written. Blocking; the host
/// calls it now and then.
public final class Orphans {

    private static final Duration SETTLED = Duration.ofDays(1);

    private final Journal journal;
    private final MediaFolder folder;
    private final InstantSource clock;

    public Orphans(Journal journal, Media media, InstantSource clock) {
        this.journal = journal;
        this.folder = media.folder();
        this.clock = clock;
    }

    /// Removes them.
    ///
    /// @return how many files went
    public int clean() throws IOException {
        return clean(folder.arriving(), _ -> true)
                + cleanEach(folder.names(), this::unknown)
                + cleanEach(folder.contents(), MediaFolder::nameless);
    }

    private interface Test {
        boolean test(Path file) throws IOException;
    }

    private int cleanEach(Path parent, Test orphan) throws IOException {
        int gone = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path each : folders) {
                gone += clean(each, orphan);
            }
        }
        return gone;
    }

    private int clean(Path parent, Test orphan) throws IOException {
        Instant before = clock.instant().minus(SETTLED);
        int gone = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent)) {
            for (Path file : files) {
                boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(before);
                if (old && orphan.test(file)) {
                    Files.deleteIfExists(file);
                    gone++;
                }
            }
        }
        return gone;
    }

    /// One that is pending may be fetched at this moment and keeps its name.
    private boolean unknown(Path name) {
        try {
            return journal.media()
                    .byId(MediaId.of(String.valueOf(name.getFileName())))
                    .map(media -> media.state() == MediaRecords.State.FAILED)
                    .orElse(true);
        } catch (IllegalArgumentException noId) {
            return true;
        }
    }
}
