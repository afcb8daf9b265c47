package io.tributary.host.media;

import io.tributary.host.journal.LogCopy;
import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of media of a member that does not run, to be read.
///
/// @param folder of media, within the data folder; need not be there
public record FilesOfMember(Path folder) implements LogCopy.MediaFiles {

    @Override
    public InputStream open(MediaId id) throws IOException {
        return Files.newInputStream(MediaFolder.path(folder, id));
    }
}
