package io.tributary.host.media;

import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.spi.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The media of one account, as its plugin sees them.
record AccountMedia(Media media, AccountId account) implements MediaStore {

    @Override
    public MediaId keep(InputStream stream, @Nullable String name, @Nullable String type)
            throws IOException {
        return media.keep(account, stream, name, type).id();
    }

    @Override
    public InputStream open(MediaId id) throws IOException {
        return media.open(account, id);
    }

    @Override
    public URI link(MediaId id, Duration valid) {
        return media.link(id, valid);
    }
}
