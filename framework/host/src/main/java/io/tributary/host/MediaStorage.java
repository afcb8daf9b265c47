package io.tributary.host;

import io.tributary.host.configuration.Configuration;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.LogCopy;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.media.FilesOfMember;
import io.tributary.host.media.Media;
import io.tributary.host.media.ObjectBytes;
import io.tributary.host.media.StrayObjects;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketAddress;
import io.tributary.host.objects.BucketUnavailable;
import io.tributary.host.secrets.SecretsUnusable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Where a member keeps media: in its folder, and in a bucket where the configuration names one.
public record MediaStorage(Path folder, Optional<Bucket> bucket) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What can stand in the header that says whose request it is.
    private static final String KEY_ID = "[\\x21-\\x7e&&[^,/]]{1,512}";

    /// @param environment as [System#getenv()]
    /// @throws SecretsUnusable a key of the bucket is not there, or cannot be one
    public static MediaStorage of(
            Path folder,
            Configuration.Media media,
            InstantSource clock,
            Map<String, String> environment)
            throws SecretsUnusable {
        Configuration.S3 s3 = media.s3();
        if (s3 == null) {
            return new MediaStorage(folder, Optional.empty());
        }
        var style = s3.hostStyle() ? BucketAddress.Style.HOST : BucketAddress.Style.PATH;
        var address =
                new BucketAddress(
                        s3.endpoint(),
                        s3.region(),
                        s3.bucket(),
                        s3.prefix(),
                        style,
                        credentials(s3, environment));
        return new MediaStorage(folder, Optional.of(new Bucket(address, clock, PATIENCE)));
    }

    private static BucketAddress.Credentials credentials(
            Configuration.S3 s3, Map<String, String> environment) throws SecretsUnusable {
        String id = SettingSecret.read("media.s3.access-key", s3.accessKey(), environment);
        if (!id.matches(KEY_ID)) {
            throw new SecretsUnusable(
                    "media.s3.access-key: has blanks, line ends or signs that no key's id has");
        }
        return new BucketAddress.Credentials(
                id, SettingSecret.read("media.s3.secret-key", s3.secretKey(), environment));
    }

    /// Tells an operator at once of a bucket that does not do what is needed. A member serves
    /// without it all the same: media wait.
    Media.Where where(Journal journal) {
        Optional<ObjectBytes> objects =
                ofLog(journal.log().identity())
                        .map(each -> new ObjectBytes(each, journal.mediaBytes()));
        objects.ifPresent(each -> Thread.ofVirtual().name("bucket").start(each::tryOut));
        return new Media.Where(folder, objects.map(MediaBytes.class::cast));
    }

    /// The files of a member that does not run. What is not found in a bucket is recorded as lost:
    /// it has to be the right one.
    ///
    /// @param identity of its log
    /// @throws BucketUnavailable what the log has in the bucket cannot be read
    public LogCopy.MediaFiles files(long identity) {
        Optional<Bucket> objects = ofLog(identity);
        objects.ifPresent(Bucket::tryRead);
        return new FilesOfMember(
                folder, objects.map(each -> new ObjectBytes(each, Optional.empty())));
    }

    Optional<StrayObjects> strays(Journal journal) {
        return ofLog(journal.log().identity())
                .map(each -> new StrayObjects(journal, each, journal.clock()));
    }

    /// Each log has a folder of its own: what is cleared away there cannot be another's.
    private Optional<Bucket> ofLog(long identity) {
        return bucket.map(each -> each.below(HexFormat.of().toHexDigits(identity) + "/"));
    }

    @Override
    public void close() {
        bucket.ifPresent(Bucket::close);
    }
}
