package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import io.tributary.model.TimeOrderedIds;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// Files that devices put to us: each with a ticket that says whose, what and how large, for one
/// time and not for long. Tickets bear their own content under our seal, so that any member takes
/// what another one has permitted. Thread safe.
public final class Uploads {

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TICKET = 2_000;

    private final Journal journal;
    private final MediaPlace place;
    private final Seal seal;
    private final URI base;
    private final MediaLimits limits;
    private final TimeOrderedIds ids;
    private final InstantSource clock;
    private final Set<MediaId> arriving = ConcurrentHashMap.newKeySet();

    /// Uploads of one deployment.
    ///
    /// @param media where the files go
    /// @param key 32 bytes, made from the master key for this purpose alone
    /// @param base of the pages' origin
    public Uploads(
            Journal journal,
            Media media,
            byte[] key,
            URI base,
            MediaLimits limits,
            TimeOrderedIds ids,
            InstantSource clock) {
        this.journal = journal;
        this.place = media.place();
        this.seal = new Seal(key);
        this.base = base;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /// A permission, and where to put the file.
    public record Permitted(UploadTicket ticket, URI url) {}

    /// Why a file was not taken.
    public enum Refusal {
        /// The ticket was used before.
        USED,
        /// It is not of the type that was said.
        OTHER_TYPE
    }

    /// Permits one file.
    ///
    /// @param type without parameters
    /// @throws IllegalArgumentException there is no such type, or it is larger than files may be
    public Permitted permit(AccountId account, String name, String type, long bytes) {
        String essence = MediaType.essence(type);
        if (essence == null) {
            throw new IllegalArgumentException("an upload needs a media type such as image/png");
        }
        if (bytes < 1 || bytes > limits.uploaded()) {
            throw new IllegalArgumentException(
                    "an upload has between 1 and " + limits.uploaded() + " bytes, not " + bytes);
        }
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name of an upload has " + LONGEST_NAME + " characters at most");
        }
        var ticket =
                new UploadTicket(
                        account, ids.media(), name, essence, bytes, clock.instant().plus(VALID));
        return new Permitted(
                ticket,
                base.resolve(
                        "/channels/" + account.value() + "/uploads/" + seal.seal(ticket.encode())));
    }

    /// What the end of an upload's path permits; empty where we did not make it, or where it has
    /// ended.
    public Optional<UploadTicket> read(String account, String token) {
        return token.length() > LONGEST_TICKET
                ? Optional.empty()
                : seal.open(token)
                        .map(UploadTicket::decode)
                        .filter(ticket -> ticket.account().value().equals(account))
                        .filter(ticket -> !clock.instant().isAfter(ticket.until()));
    }

    /// Keeps the file; durable when it returns. Blocking. Of several that try at once, on whatever
    /// member, one gets through.
    ///
    /// @return why it was not taken; empty: it was
    /// @throws TooLong it is larger than the ticket permits
    /// @throws IOException it cannot be kept now; the ticket is as good as before
    public Optional<Refusal> keep(UploadTicket ticket, Bytes file) throws IOException {
        if (!arriving.add(ticket.media())) {
            return Optional.of(Refusal.USED);
        }
        try {
            return journal.media().byId(ticket.media()).isPresent()
                    ? Optional.of(Refusal.USED)
                    : keepFirst(ticket, file);
        } catch (JournalUnavailable failure) {
            throw unavailable(failure);
        } finally {
            arriving.remove(ticket.media());
        }
    }

    /// The file lies there before it is recorded, so that there is none that waits for a file for
    /// ever. One that could not be recorded keeps its name, since the journal may have done it all
    /// the same; if not, [Orphans] clears it away.
    private Optional<Refusal> keepFirst(UploadTicket ticket, Bytes file) throws IOException {
        MediaFolder.Kept kept =
                place.keep(ticket.media(), file.asStream(), ticket.type(), ticket.bytes());
        String name = ticket.name().isBlank() ? null : ticket.name();
        var add =
                new Change.AddMedia(
                        ticket.media(), ticket.account(), name, ticket.type(), clock.instant());
        boolean same = MediaType.same(kept.type(), ticket.type());
        if (!same && !ticket.type().equals(MediaType.UNKNOWN)) {
            place.folder().drop(ticket.media());
            var reason = Reason.of("other-type", "the file is not of the type that was said");
            return append(add, new Change.MediaLost(ticket.media(), reason))
                    ? Optional.of(Refusal.OTHER_TYPE)
                    : Optional.of(Refusal.USED);
        }
        return append(add, place.share(ticket.media(), kept))
                ? Optional.empty()
                : Optional.of(Refusal.USED);
    }

    /// @return false: another member has recorded it before
    private boolean append(Change... changes) throws IOException {
        try {
            journal.append(Unit.of(changes)).join().need();
            return true;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UnitRefused) {
                return false;
            }
            throw unavailable(failed);
        } catch (UnitRefused taken) {
            return false;
        }
    }

    private static IOException unavailable(RuntimeException failure) {
        return new IOException("the journal cannot record the medium now", failure);
    }
}
