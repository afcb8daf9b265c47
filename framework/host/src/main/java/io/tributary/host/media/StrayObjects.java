package io.tributary.host.media;

import io.tributary.host.journal.Journal;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.Listing;
import io.tributary.model.MediaId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Removes objects from a log's part of a bucket that no medium's record names: what retention has
/// let go, and what a crash left between the bytes and their record. Keys that are none of ours
/// stay.
///
/// Only what is older than a day by the bucket's clock, so that it never meets what is being
/// written. Blocking; the host calls it now and then, any member may.
public final class StrayObjects {

    private static final Duration SETTLED = Duration.ofDays(1);
    private static final int PAGE = 1_000;

    private final Journal journal;
    private final Bucket bucket;
    private final InstantSource clock;

    public StrayObjects(Journal journal, Bucket bucket, InstantSource clock) {
        this.journal = journal;
        this.bucket = bucket;
        this.clock = clock;
    }

    /// Removes them.
    ///
    /// @return how many went
    public int clean() {
        return clean(PAGE);
    }

    /// @param page how many are listed at once
    int clean(int page) {
        Instant before = clock.instant().minus(SETTLED);
        int gone = 0;
        String from = null;
        do {
            Listing listing = bucket.list(from, page);
            for (Listing.Entry each : listing.entries()) {
                if (each.since().isBefore(before) && isStray(each.key())) {
                    bucket.delete(each.key());
                    gone++;
                }
            }
            from = listing.next();
        } while (from != null);
        return gone;
    }

    private boolean isStray(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return false;
        }
        try {
            MediaId id = MediaId.of(key.substring(0, slash));
            String sha256 = key.substring(slash + 1);
            return journal.media().byId(id).map(media -> isOver(media, sha256)).orElse(true);
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    /// One that is pending may be fetched at this moment.
    private static boolean isOver(MediaRecords.Media media, String sha256) {
        return switch (media.state()) {
            case PENDING -> false;
            case STORED -> !sha256.equals(media.sha256());
            case FAILED -> true;
        };
    }
}
