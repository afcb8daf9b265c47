package io.tributary.host.media;

import java.time.Duration;

/// How large media may be and how long they are tried for.
///
/// @param fetched most bytes of one that is fetched
/// @param uploaded most bytes of one that an agent or a plugin gives
/// @param download for one download
/// @param tries before it is given up; with the usual waits eight are about half a day
/// @param atOnce downloads at the same time
public record MediaLimits(long fetched, long uploaded, Duration download, int tries, int atOnce) {

    public static final MediaLimits USUAL =
            new MediaLimits(100L << 20, 25L << 20, Duration.ofMinutes(5), 8, 4);
}
