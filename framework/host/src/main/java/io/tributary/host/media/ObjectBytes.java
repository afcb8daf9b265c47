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
    private final Breaker puts;
    private final Breaker reads;

    /// @param bucket or the part of it that is this log's
    /// @param before where media were until now; empty: in the member's folder
    public ObjectBytes(Bucket bucket, Optional<MediaBytes> before) {
        this.bucket = bucket;
        this.before = before;
        this.puts = new Breaker("put", bucket::tryPut, System::nanoTime);
        this.reads = new Breaker("read", bucket::tryGet, System::nanoTime);
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
        puts.ask(() -> {
            bucket.put(key(content), payload);
            return true;
        });
    }

    @Override
    public boolean holds(Content content) {
        return (before.isPresent() && before.get().holds(content))
                || reads.ask(() -> bucket.holds(key(content), content.bytes()));
    }

    @Override
    public boolean read(Content content, OutputStream to) throws IOException {
        return (before.isPresent() && before.get().read(content, to))
                || reads.ask(() -> fetched(content, to));
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

    /// Tells an operator of a bucket that does not do what is needed, before somebody needs it.
    public void tryOut() {
        tried(puts, bucket::tryPut);
        tried(reads, bucket::tryGet);
        try {
            bucket.tryClear();
        } catch (BucketUnavailable failure) {
            if (failure.why() == BucketUnavailable.Why.REFUSED) {
                LOG.warn("objects that no record names stay: {}", failure.getMessage());
            } else {
                LOG.debug("whether objects can be cleared away was tried in vain", failure);
            }
        }
    }

    private static void tried(Breaker breaker, Breaker.Trial trial) {
        try {
            breaker.ask(() -> {
                trial.run();
                return true;
            });
        } catch (JournalUnavailable told) {
            LOG.debug("the bucket was tried in vain", told);
        } catch (IOException refused) {
            LOG.warn("the bucket takes no empty object: {}", refused.getMessage());
        }
    }
}
