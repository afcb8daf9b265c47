package io.tributary.host.media;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.UnitRefused;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Reason;
import io.tributary.model.TimeOrderedIds;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Files that devices put to us: each with a ticket that says whose, what and how large, for one
/// time and not for long. Tickets bear their own content under our seal, so that any member takes
/// what another one has permitted. Thread safe.
public final class Uploads {

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TICKET = 2_000;

    private final Journal journal;
    private final MediaFolder folder;
    private final Seal seal;
    private final URI base;
    private final MediaLimits limits;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

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
        this.folder = media.folder();
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

    /// Keeps the file; durable when it returns. Blocking.
    ///
    /// @return why it was not taken; empty: it was
    /// @throws TooLong it is larger than the ticket permits
    /// @throws IOException it cannot be kept now; the ticket has been used up all the same
    public Optional<Refusal> keep(UploadTicket ticket, Bytes file) throws IOException {
        if (!take(ticket)) {
            return Optional.of(Refusal.USED);
        }
        MediaFolder.Kept kept;
        try {
            kept = folder.keep(ticket.media(), file.asStream(), ticket.type(), ticket.bytes());
        } catch (IOException failure) {
            lost(ticket, Reason.of("not-kept", "the file could not be kept"));
            throw failure;
        }
        if (!kept.type().equals(ticket.type()) && !ticket.type().equals(MediaType.UNKNOWN)) {
            folder.drop(ticket.media());
            lost(ticket, Reason.of("other-type", "the file is not of the type that was said"));
            return Optional.of(Refusal.OTHER_TYPE);
        }
        append(new Change.MediaKept(ticket.media(), kept.type(), kept.bytes(), kept.sha256()));
        return Optional.empty();
    }

    /// Uses the ticket up: of several that try at once, on whatever member, one gets through.
    private boolean take(UploadTicket ticket) throws IOException {
        if (journal.media().byId(ticket.media()).isPresent()) {
            return false;
        }
        String name = ticket.name().isBlank() ? null : ticket.name();
        try {
            append(
                    new Change.AddMedia(
                            ticket.media(),
                            ticket.account(),
                            name,
                            ticket.type(),
                            clock.instant()));
            return true;
        } catch (UnitRefused taken) {
            return false;
        }
    }

    private void lost(UploadTicket ticket, Reason why) throws IOException {
        append(new Change.MediaLost(ticket.media(), why));
    }

    private void append(Change change) throws IOException {
        try {
            journal.append(Unit.of(change)).join().need();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UnitRefused refused) {
                throw refused;
            }
            throw new IOException("the journal cannot record the medium now", failed);
        } catch (JournalUnavailable failure) {
            throw new IOException("the journal cannot record the medium now", failure);
        }
    }
}
