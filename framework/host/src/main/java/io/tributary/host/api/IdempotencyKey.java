package io.tributary.host.api;

import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.outbound.Draft;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The `Idempotency-Key` of a request, with what the request was.
final class IdempotencyKey {

    private static final int LONGEST = 200;

    private IdempotencyKey() {}

    static Draft.@Nullable Idempotency of(Request request) {
        String key = request.header("idempotency-key");
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > LONGEST) {
            throw new Problem(
                    ProblemType.MALFORMED, "Idempotency-Key must have 1 to 200 characters.");
        }
        return new Draft.Idempotency(request.principal().id(), key, fingerprint(request));
    }

    private static String fingerprint(Request request) {
        String line = request.method() + " " + request.path() + "\n";
        return Fingerprint.of(line.getBytes(StandardCharsets.UTF_8), request.body().toArray());
    }
}
