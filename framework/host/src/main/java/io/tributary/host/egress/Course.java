package io.tributary.host.egress;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Http;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How far one request came, for whoever is told of it. For one thread.
final class Course {

    private final Who who;
    private final What what;
    private final long begun = System.nanoTime();
    private Ending without = Ending.REFUSED;
    private int status;
    private Map<String, List<String>> headers = Map.of();

    /// Whose request it is.
    record Who(AccountId account, @Nullable PluginVersion plugin) {}

    record What(String method, URI uri, Map<String, List<String>> headers, Bytes body) {

        static What of(Http.Call call) {
            return new What(call.method(), call.uri(), call.headers(), call.body());
        }
    }

    Course(Who who, What what) {
        this.who = who;
        this.what = what;
    }

    long nanos() {
        return System.nanoTime() - begun;
    }

    /// What it ends with if no answer comes.
    void otherwise(Ending ending) {
        without = ending;
    }

    /// The head of an answer is there.
    void head(int status, Map<String, List<String>> headers) {
        this.status = status;
        this.headers = headers;
        without = Ending.CUT;
    }

    Seen answered(Bytes body) {
        return seen(Ending.ANSWERED, "", body, body.length());
    }

    /// Somebody else read the body, or some of it.
    Seen read(long bytes, boolean whole) {
        return seen(
                whole ? Ending.ANSWERED : Ending.CUT,
                whole ? "" : "the answer was not read to its end",
                Bytes.EMPTY,
                bytes);
    }

    Seen interrupted() {
        return seen(Ending.INTERRUPTED, "interrupted", Bytes.EMPTY, 0);
    }

    Seen failed(Http.Failure failure, Deadline deadline) {
        return seen(
                ending(failure, deadline),
                Objects.toString(failure.getMessage(), ""),
                Bytes.EMPTY,
                0);
    }

    private Ending ending(Http.Failure failure, Deadline deadline) {
        if (without == Ending.REFUSED || without == Ending.BUSY) {
            return without;
        }
        if (deadline.nanosLeft() == 0) {
            return Ending.TIMED_OUT;
        }
        return status == 0 && !failure.written() ? Ending.UNREACHABLE : without;
    }

    private Seen seen(Ending ending, String reason, Bytes body, long bytes) {
        return new Seen(
                who.account(),
                who.plugin(),
                what.method(),
                what.uri(),
                what.headers(),
                what.body(),
                what.body().length(),
                ending,
                status == 0 ? null : new Seen.Reply(status, headers, body, bytes),
                reason,
                nanos());
    }
}
