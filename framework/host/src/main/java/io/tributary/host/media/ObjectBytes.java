package io.tributary.host.media;

import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketUnavailable;
import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bytes of media in a bucket, each under its medium and digest. What was kept before there was
/// a bucket is read from where it is, and is looked for there first: it is to be had while the
/// bucket is away.
///
/// The record of a medium comes after its object; objects without a record are cleared away by
/// [StrayObjects].
public final class ObjectBytes implements MediaBytes {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectBytes.class);

    private final Bucket bucket;
    private final Optional<MediaBytes> before;
    private final AtomicBoolean away = new AtomicBoolean();

    /// @param bucket or the part of it that is this log's
    /// @param before where media were until now; empty: in the member's folder
    public ObjectBytes(Bucket bucket, Optional<MediaBytes> before) {
        this.bucket = bucket;
        this.before = before;
    }

    @Override
    public boolean elsewhere() {
        return true;
    }

    static String key(MediaId media, String sha256) {
        return media + "/" + sha256;
    }

    private static String key(Content content) {
        return key(content.media(), content.sha256());
    }

    @Override
    public void put(Content content, Source source) throws IOException {
        var payload = new Bucket.Payload(content.sha256(), content.bytes(), source::open);
        asked(() -> {
            bucket.put(key(content), payload);
            return true;
        });
    }

    @Override
    public boolean holds(Content content) {
        return (before.isPresent() && before.get().holds(content))
                || asked(() -> bucket.holds(key(content), content.bytes()));
    }

    @Override
    public boolean read(Content content, OutputStream to) throws IOException {
        return (before.isPresent() && before.get().read(content, to))
                || asked(() -> fetched(content, to));
    }

    private boolean fetched(Content content, OutputStream to) throws IOException {
        var digesting = new DigestOutputStream(to, MediaFolder.sha256());
        if (!bucket.get(key(content), digesting, content.bytes())) {
            return false;
        }
        String came = HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        if (!came.equals(content.sha256())) {
            throw new IOException(
                    "the bytes of media " + content.media() + " in the bucket are damaged");
        }
        return true;
    }

    /// Something that is asked of the bucket.
    ///
    /// @param <E> what else may be wrong with it
    @FunctionalInterface
    private interface Asking<E extends Exception> {
        boolean of() throws E;
    }

    /// Tells an operator once that the bucket does not do what it is asked for, and once that it
    /// does again. To the rest of the host it is one thing to be durable; what it says to strangers
    /// does not name the bucket.
    private <E extends Exception> boolean asked(Asking<E> asking) throws E {
        try {
            boolean answer = asking.of();
            if (away.compareAndSet(true, false)) {
                LOG.info("media go on: {} answers again", bucket);
            }
            return answer;
        } catch (BucketUnavailable failure) {
            if (away.compareAndSet(false, true)) {
                LOG.warn("media wait: {}", failure.getMessage());
            }
            throw new JournalUnavailable("the store of media cannot be used now", failure);
        }
    }
}
