package io.tributary.host.api;

import io.tributary.host.http.Answer;
import io.tributary.host.http.Problem;
import io.tributary.host.http.ProblemType;
import io.tributary.host.http.Request;
import io.tributary.host.journal.Answers;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.host.outbound.Draft;
import io.tributary.model.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Requests of operators that do much: written down in the audit with what they brought, and under
/// one `Idempotency-Key` answered with that again. Thread safe.
///
/// What such a request does must be safe to begin again: after a crash its answer is not there yet.
final class OnceAnswered {

    private final Journal journal;
    private final InstantSource clock;
    private final Set<List<String>> underWay = ConcurrentHashMap.newKeySet();

    OnceAnswered(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// What was done.
    ///
    /// @param action as the audit names it
    /// @param target what it was done to
    /// @param detail how it went
    record Done(ObjectNode answer, String action, String target, String detail) {}

    /// Does it.
    @FunctionalInterface
    interface Doing {
        Done run() throws InterruptedException;
    }

    Answer answer(Request request, Doing doing) throws InterruptedException {
        Draft.Idempotency key = IdempotencyKey.of(request);
        if (key == null) {
            return Answer.json(200, kept(request, null, doing.run()));
        }
        List<String> name = List.of(key.principal(), key.key());
        if (!underWay.add(name)) {
            throw new Problem(ProblemType.IN_FLIGHT, "The same request is under way.");
        }
        try {
            Optional<byte[]> before = before(key);
            return Answer.json(
                    200, before.isPresent() ? before.get() : kept(request, key, doing.run()));
        } finally {
            underWay.remove(name);
        }
    }

    private Optional<byte[]> before(Draft.Idempotency key) {
        return journal.answers().find(key.principal(), key.key()).map(answer -> same(answer, key));
    }

    private static byte[] same(Answers.Answer answer, Draft.Idempotency key) {
        if (!answer.fingerprint().equals(key.fingerprint())) {
            throw new Problem(
                    ProblemType.KEY_REUSED,
                    "This Idempotency-Key came with another request before.");
        }
        return answer.body().toArray();
    }

    /// What is answered: what another member kept meanwhile for the same request, if any did.
    private byte[] kept(Request request, Draft.@Nullable Idempotency key, Done done) {
        byte[] body = RequestJson.JSON.writeValueAsBytes(done.answer());
        Instant now = clock.instant();
        var audit =
                new Change.AddAudit(
                        request.principal().id(), done.action(), done.target(), done.detail(), now);
        if (key == null) {
            commit(Unit.of(audit));
            return body;
        }
        List<Change> changes = new ArrayList<>();
        changes.add(audit);
        changes.add(
                new Change.KeepAnswer(
                        key.principal(), key.key(), key.fingerprint(), 200, Bytes.wrap(body), now));
        var unused = new Expect.KeyUnused(key.principal(), key.key());
        if (commit(Unit.of(List.of(unused), changes)) instanceof Commit.Done) {
            return body;
        }
        commit(Unit.of(audit));
        return before(key).orElse(body);
    }

    private Commit commit(Unit unit) {
        try {
            return journal.append(unit).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof JournalUnavailable unavailable) {
                throw unavailable;
            }
            throw failure;
        }
    }
}
