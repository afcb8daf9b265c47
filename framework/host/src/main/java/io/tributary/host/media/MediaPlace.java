package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.model.MediaId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the bytes of media lie: in this member's folder, and where several members have one log,
/// beside that log as well, or in a bucket. The folder is then what this member has at hand; what
/// it lacks it brings from there. Thread safe; blocking.
final class MediaPlace {

    private static final Logger LOG = LoggerFactory.getLogger(MediaPlace.class);

    private final MediaFolder folder;
    private final Optional<MediaBytes> shared;
    private final Trimming trimming;
    private final ConcurrentHashMap<MediaId, CompletableFuture<Void>> coming =
            new ConcurrentHashMap<>();

    /// The bytes of a medium are in no place.
    static final class Nowhere extends IOException {

        private static final long serialVersionUID = 1L;

        private Nowhere(MediaId id) {
            super("there is no file of media " + id);
        }
    }

    MediaPlace(MediaFolder folder, Optional<MediaBytes> shared, Trimming trimming) {
        this.folder = folder;
        this.shared = shared;
        this.trimming = trimming;
    }

    MediaFolder folder() {
        return folder;
    }

    /// Keeps what the stream holds in the folder, durably.
    ///
    /// @throws TooLong there are more bytes than `limit`; nothing was kept
    MediaFolder.Kept keep(MediaId id, InputStream stream, @Nullable String declared, long limit)
            throws IOException {
        trimming.makeRoom(limit);
        return folder.keep(id, stream, declared, limit);
    }

    /// What was kept in the folder before and could not be put where every member has it. Where its
    /// content does not tell what it is, whoever has it has to be asked again.
    ///
    /// @param declared the type as somebody said; null: nobody did
    Optional<MediaFolder.Kept> keptBefore(MediaId id, @Nullable String declared)
            throws IOException {
        return shared.isEmpty()
                ? Optional.empty()
                : folder.kept(id, declared).filter(kept -> !kept.type().equals(MediaType.UNKNOWN));
    }

    /// Puts what was kept where every member has it, and answers what is to be recorded then.
    ///
    /// @throws IOException the file cannot be read, or there it is refused
    /// @throws io.tributary.host.journal.JournalUnavailable it cannot be put now
    Change.MediaKept share(MediaId id, MediaFolder.Kept kept) throws IOException {
        if (shared.isPresent()) {
            var content = new MediaBytes.Content(id, kept.sha256(), kept.bytes());
            try {
                shared.get().put(content, () -> Files.newInputStream(folder.path(id)));
            } catch (IOException unfit) {
                LOG.warn("media={} cannot be put: {}", id, unfit.getMessage());
                throw unfit;
            }
        }
        boolean elsewhere = shared.filter(MediaBytes::elsewhere).isPresent();
        return new Change.MediaKept(id, kept.type(), kept.bytes(), kept.sha256(), elsewhere);
    }

    /// The file of a medium that is stored, brought here if need be; those who want it at once wait
    /// for one.
    ///
    /// @throws Nowhere nobody has it
    /// @throws IOException it cannot be brought now, or is damaged
    Path file(MediaRecords.Media media) throws IOException {
        Path file = folder.path(media.id());
        if (shared.isEmpty()) {
            if (!Files.exists(file)) {
                throw new Nowhere(media.id());
            }
            return file;
        }
        var content =
                new MediaBytes.Content(
                        media.id(), Objects.requireNonNull(media.sha256()), media.bytes());
        if (!here(content)) {
            bringOnce(content, shared.get());
        }
        return file;
    }

    private boolean here(MediaBytes.Content content) throws IOException {
        return folder.holds(content.media(), content.sha256(), content.bytes());
    }

    private void bringOnce(MediaBytes.Content content, MediaBytes from) throws IOException {
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> other = coming.putIfAbsent(content.media(), mine);
        if (other != null) {
            await(other);
            return;
        }
        try {
            // another may have brought it between the look and the turn
            if (!here(content)) {
                bring(content, from);
            }
            mine.complete(null);
        } catch (IOException | RuntimeException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            coming.remove(content.media());
        }
    }

    private void bring(MediaBytes.Content content, MediaBytes from) throws IOException {
        trimming.makeRoom(content.bytes());
        folder.bring(
                content.media(),
                content.sha256(),
                stream -> {
                    if (!from.read(content, stream)) {
                        throw new Nowhere(content.media());
                    }
                });
    }

    private static void await(CompletableFuture<Void> other) throws IOException {
        try {
            other.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case Nowhere nowhere -> throw nowhere;
                case RuntimeException unavailable -> throw unavailable;
                case null, default ->
                        throw new IOException("it could not be brought for another", failed);
            }
        }
    }
}
