package io.tributary.host.objects;

import io.tributary.host.objects.SignedHttp.Asked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// A bucket. Thread safe; blocking, for virtual threads. What does not work is tried three times.
///
/// The operator names it, as they name a database: the rules for what plugins ask for do not apply.
public final class Bucket implements AutoCloseable {

    /// Of the form of no medium's key.
    private static final String PROBE = "checkup";

    private static final int LARGEST_PAGE = 4 << 20;
    private static final SortedMap<String, String> NO_QUERY = Collections.emptySortedMap();

    /// Bytes in a second that a line has at least, as two megabits.
    private static final long SLOWEST = 256 << 10;

    /// Of the errors of a request that brings bytes those that are about the bytes. All others may
    /// be mended at the store or in the configuration, and say nothing about the object.
    private static final Set<String> UNFIT =
            Set.of("BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "EntityTooLarge");

    private final BucketAddress address;
    private final Duration patience;
    private final SignedHttp http;

    /// Where bytes come from; may be opened more than once.
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /// What is to be put.
    ///
    /// @param sha256 of the bytes; the store refuses others
    public record Payload(String sha256, long bytes, Source source) {}

    /// @param patience with a request that moves no object; one that does has a second more for
    ///   each 256 KiB
    public Bucket(BucketAddress address, InstantSource clock, Duration patience) {
        this(address, patience, new SignedHttp(address, clock));
    }

    private Bucket(BucketAddress address, Duration patience, SignedHttp http) {
        this.address = address;
        this.patience = patience;
        this.http = http;
    }

    /// The part of it below a folder. It is closed with this one.
    ///
    /// @param folder with a slash at its end
    public Bucket below(String folder) {
        return new Bucket(address.below(folder), patience, http);
    }

    private Duration whole(long bytes) {
        return patience.plusSeconds(bytes / SLOWEST);
    }

    /// Puts an object: there whole when this returns.
    ///
    /// @throws IOException the source cannot be read, or is not what was said of it; or the store
    ///   refuses these bytes
    /// @throws BucketUnavailable it cannot be put now
    public void put(String key, Payload payload) throws IOException {
        var body = new PayloadBody(payload);
        var asked = new Asked("PUT", address.path(key), NO_QUERY, payload.sha256());
        try (Answer answer = http.send(asked, body.publisher(), whole(payload.bytes()))) {
            if (UNFIT.contains(answer.code())) {
                throw new IOException("the bucket refuses an object: " + answer.said());
            }
            http.need(answer, 200);
        } catch (BucketUnavailable away) {
            body.check();
            throw away;
        }
    }

    /// Whether an object is there, with so many bytes. That it is not is believed only where the
    /// store says so: an answer to `HEAD` has no code, and 404 may as well be the bucket's.
    public boolean holds(String key, long bytes) {
        try (Answer answer = http.send(new Asked("HEAD", address.path(key), NO_QUERY), patience)) {
            return answer.status() == 404 ? comes(key, bytes) : announces(answer, bytes);
        } catch (IOException broken) {
            throw http.unavailable(broken);
        }
    }

    private boolean comes(String key, long bytes) throws IOException {
        try (Answer answer = http.send(new Asked("GET", address.path(key), NO_QUERY), patience)) {
            return !answer.lacksObject() && announces(answer, bytes);
        }
    }

    private boolean announces(Answer answer, long bytes) {
        http.need(answer, 200);
        return answer.bytes() == bytes;
    }

    /// Writes an object, and tells whether it was there. It may be another one than was put:
    /// whoever reads it looks for themselves.
    ///
    /// @param most bytes; one more may be written where there are more
    /// @throws IOException it cannot be written there
    public boolean get(String key, OutputStream to, long most) throws IOException {
        var asked = new Asked("GET", address.path(key), NO_QUERY);
        try (Answer answer = http.send(asked, whole(most))) {
            if (answer.lacksObject()) {
                return false;
            }
            http.need(answer, 200);
            copy(answer.body(), to, most);
            return true;
        }
    }

    private void copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long left = most + 1;
        while (left > 0) {
            int read = read(from, buffer, left);
            if (read < 0) {
                return;
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private int read(InputStream from, byte[] buffer, long left) {
        try {
            return from.read(buffer, 0, (int) Math.min(buffer.length, left));
        } catch (IOException broken) {
            throw http.unavailable(broken);
        }
    }

    /// Lets an object go; it need not be there.
    public void delete(String key) {
        try (Answer answer =
                http.send(new Asked("DELETE", address.path(key), NO_QUERY), patience)) {
            if (!answer.lacksObject()) {
                http.need(answer, 204, 200);
            }
        } catch (IOException broken) {
            throw http.unavailable(broken);
        }
    }

    /// A page of what is there below the prefix, by key.
    ///
    /// @param from as the page before said; null: the first page
    /// @param most objects, 1,000 at the most
    public Listing list(@Nullable String from, int most) {
        SortedMap<String, String> query = new TreeMap<>();
        query.put("list-type", "2");
        query.put("max-keys", Integer.toString(most));
        query.put("prefix", address.prefix());
        if (from != null) {
            query.put("continuation-token", from);
        }
        try (Answer answer = http.send(new Asked("GET", address.path(), query), patience)) {
            http.need(answer, 200);
            byte[] page = answer.body().readNBytes(LARGEST_PAGE);
            return Listing.read(new ByteArrayInputStream(page), address.prefix());
        } catch (XMLStreamException | DateTimeException unreadable) {
            throw new BucketUnavailable(
                    "the bucket " + address + " lists what cannot be read",
                    BucketUnavailable.Why.REFUSED,
                    unreadable);
        } catch (IOException broken) {
            throw http.unavailable(broken);
        }
    }

    /// Puts an empty object, reads it, lists and lets it go: whether the bucket is there, and the
    /// key may do what is needed.
    ///
    /// @throws BucketUnavailable it does not work
    public void tryOut() throws IOException {
        tryPut();
        tryGet();
        tryClear();
    }

    /// The first part of it: whether something can be put.
    public void tryPut() throws IOException {
        put(PROBE, new Payload(Signature.NOTHING, 0, InputStream::nullInputStream));
    }

    /// Whether something can be read.
    public void tryGet() {
        try (Answer answer = http.send(new Asked("GET", address.path(PROBE), NO_QUERY), patience)) {
            if (!answer.lacksObject()) {
                http.need(answer, 200);
            }
        } catch (IOException broken) {
            throw http.unavailable(broken);
        }
    }

    /// Whether it can be told what is there and what is not. Changes nothing.
    ///
    /// @throws BucketUnavailable it cannot
    public void tryRead() {
        tryGet();
        list(null, 1);
    }

    /// Whether what is there can be listed and let go.
    public void tryClear() {
        list(null, 1);
        delete(PROBE);
    }

    /// For an operator.
    @Override
    public String toString() {
        return address.toString();
    }

    /// Cuts what is under way.
    @Override
    public void close() {
        http.close();
    }
}
