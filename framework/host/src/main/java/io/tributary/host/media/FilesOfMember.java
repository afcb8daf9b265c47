package io.tributary.host.media;

import io.tributary.host.journal.LogCopy;
import io.tributary.host.journal.MediaBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files of media of a member that does not run, to be read.
///
/// @param folder of media, within the data folder; need not be there
/// @param elsewhere where they stay and are found after the log has moved; empty: nowhere
public record FilesOfMember(Path folder, Optional<MediaBytes> elsewhere)
        implements LogCopy.MediaFiles {

    @Override
    public InputStream open(MediaBytes.Content content) throws IOException {
        return Files.newInputStream(MediaFolder.path(folder, content.media()));
    }

    @Override
    public boolean stays(MediaBytes.Content content) {
        return elsewhere.isPresent() && elsewhere.get().holds(content);
    }
}
