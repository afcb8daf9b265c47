package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.MediaBytes;
import io.tributary.host.journal.MediaRecords;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.MediaId;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Media as the rest of the host knows them: kept, read, linked to. Thread safe; blocking.
public final class Media {

    private final Journal journal;
    private final MediaPlace place;
    private final Links links;
    private final MediaLimits limits;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    /// Where media are kept.
    ///
    /// @param folder what this member has at hand; is made if it is not there
    /// @param elsewhere in place of beside the log
    public record Where(Path folder, Optional<MediaBytes> elsewhere) {}

    /// Media there.
    public Media(
            Journal journal,
            Where where,
            Links links,
            MediaLimits limits,
            TimeOrderedIds ids,
            InstantSource clock)
            throws IOException {
        this.journal = journal;
        var files = new MediaFolder(where.folder());
        Optional<MediaBytes> shared = where.elsewhere().or(journal::mediaBytes);
        this.place =
                new MediaPlace(
                        files,
                        shared,
                        new Trimming(
                                journal, files, shared, Trimming.Disk.of(where.folder()), clock));
        this.links = links;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /// Keeps what the stream holds; durable when it returns. Does not close the stream.
    ///
    /// @param name the file's name as somebody gave it; null: none
    /// @param type as somebody said; null: nobody did
    /// @throws TooLong it has more bytes than the limit; nothing was kept
    /// @throws IOException it cannot be kept now
    public MediaRecords.Media keep(
            AccountId account, InputStream stream, @Nullable String name, @Nullable String type)
            throws IOException {
        MediaId id = ids.media();
        MediaFolder.Kept kept = place.keep(id, stream, type, limits.uploaded());
        try {
            Change.MediaKept state = place.share(id, kept);
            journal.append(
                            Unit.of(
                                    new Change.AddMedia(
                                            id, account, name, kept.type(), clock.instant()),
                                    state))
                    .join()
                    .need();
        } catch (CompletionException | JournalUnavailable | IOException failure) {
            place.folder().drop(id);
            throw new IOException("the journal cannot record the medium now", failure);
        }
        return new MediaRecords.Media(
                id,
                account,
                MediaRecords.State.STORED,
                name,
                kept.type(),
                kept.bytes(),
                kept.sha256(),
                null,
                clock.instant());
    }

    /// What is known of a medium.
    public Optional<MediaRecords.Media> find(MediaId id) {
        return journal.media().byId(id);
    }

    /// A public address of it on the pages' origin.
    public URI link(MediaId id, Duration valid) {
        return links.link(id, valid);
    }

    /// What a plugin of one account is given.
    public MediaStore store(AccountId account) {
        return new AccountMedia(this, account);
    }

    InputStream open(AccountId account, MediaId id) throws IOException {
        MediaRecords.Media media =
                find(id).filter(known -> known.account().equals(account)).orElse(null);
        if (media == null || media.state() != MediaRecords.State.STORED) {
            throw new IOException("there is no such medium, or not any more");
        }
        return Files.newInputStream(place.file(media));
    }

    /// The file behind a link.
    ///
    /// @param token the end of the link's path
    /// @return empty where the link is none of ours, has ended, or the medium is gone
    /// @throws IOException it cannot be had at the moment
    public Optional<Served> serve(String token) throws IOException {
        MediaRecords.Media media =
                links.read(token)
                        .flatMap(this::find)
                        .filter(known -> known.state() == MediaRecords.State.STORED)
                        .orElse(null);
        if (media == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(served(media, place.file(media)));
        } catch (MediaPlace.Nowhere gone) {
            return Optional.empty();
        }
    }

    private static Served served(MediaRecords.Media media, Path file) {
        String type = media.type() == null ? MediaType.UNKNOWN : media.type();
        boolean shown = MediaType.shown(type);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "private, max-age=300, immutable");
        headers.put("Content-Disposition", disposition(shown, media));
        return new Served(file, shown ? type : MediaType.UNKNOWN, headers);
    }

    /// RFC 6266 with the encoding of RFC 8187, which leaves nothing of a stranger's name as it is.
    private static String disposition(boolean shown, MediaRecords.Media media) {
        String how = shown ? "inline" : "attachment";
        String name = media.name();
        return name == null || name.isBlank() ? how : how + "; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        var encoded = new StringBuilder();
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        for (byte next : last.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (next >= 'a' && next <= 'z')
                            || (next >= 'A' && next <= 'Z')
                            || (next >= '0' && next <= '9')
                            || next == '.'
                            || next == '-'
                            || next == '_';
            if (plain) {
                encoded.append((char) next);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(next));
            }
        }
        return encoded.substring(0, Math.min(encoded.length(), 600));
    }

    MediaPlace place() {
        return place;
    }

    MediaFolder folder() {
        return place.folder();
    }
}
