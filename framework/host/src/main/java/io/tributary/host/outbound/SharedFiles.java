package io.tributary.host.outbound;

import io.tributary.model.MediaId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where customers read files that their channel cannot carry.
///
/// @param links null: they can read none
/// @param last how long, at least
record SharedFiles(@Nullable FileLinks links, Duration last) {

    /// The addresses of files for what is written now. Within an hour they are the same: so a
    /// preview shows the very address that is sent. Null: there are none.
    @Nullable Function<MediaId, URI> at(Instant now) {
        var reached = links;
        if (reached == null) {
            return null;
        }
        var ends = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)).plus(last);
        return file -> reached.link(file, ends);
    }
}
