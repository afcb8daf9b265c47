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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests of operators that do much: written down in the audit with what they brought, and under
/// one `Idempotency-Key` answered with that again. Thread safe.
///
/// A key is taken for its request before anything is done, so that another request under it is
/// refused on every member. What such a request does must be safe to begin again, and to do at two
/// members at once: after a crash its key is taken and its answer not there yet.
final class OnceAnswered {

    private static final Logger LOG = LoggerFactory.getLogger(OnceAnswered.class);
    private static final Bytes NONE = Bytes.utf8("{}");

    private final Journal journal;
    private final InstantSource clock;
    private final Set<List<String>> underWay = ConcurrentHashMap.newKeySet();

    OnceAnswered(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// What was done.
    ///
    /// @param target what it was done to
    /// @param detail how it went
    record Done(ObjectNode answer, String target, String detail) {}

    /// Does it.
    @FunctionalInterface
    interface Doing {
        Done run() throws InterruptedException;
    }

    /// Does what is asked for, or says what came of it before.
    ///
    /// @param action as the audit names it; the same body asks for something else under another
    Answer answer(Request request, String action, Doing doing) throws InterruptedException {
        String actor = request.principal().id();
        Draft.Idempotency asked = IdempotencyKey.of(request);
        if (asked == null) {
            return Answer.json(200, kept(actor, action, null, doing.run()));
        }
        var key =
                new Draft.Idempotency(
                        asked.principal(), asked.key(), action + " " + asked.fingerprint());
        List<String> name = List.of(key.principal(), key.key());
        if (!underWay.add(name)) {
            throw new Problem(ProblemType.IN_FLIGHT, "The same request is under way.");
        }
        try {
            Optional<byte[]> before = taken(key) ? Optional.empty() : before(key);
            return Answer.json(
                    200, before.isPresent() ? before.get() : kept(actor, action, key, doing.run()));
        } finally {
            underWay.remove(name);
        }
    }

    /// Takes a key for a request.
    ///
    /// @return false: one has it already
    private boolean taken(Draft.Idempotency key) {
        if (journal.answers().find(key.principal(), key.key()).isPresent()) {
            return false;
        }
        var unused = new Expect.KeyUnused(key.principal(), key.key());
        Change begun = keep(key, Answers.BEGUN, NONE, clock.instant());
        return commit(Unit.of(List.of(unused), List.of(begun))) instanceof Commit.Done;
    }

    /// @return empty: there is no answer yet
    private Optional<byte[]> before(Draft.Idempotency key) {
        return journal.answers()
                .find(key.principal(), key.key())
                .flatMap(answer -> same(answer, key));
    }

    private static Optional<byte[]> same(Answers.Answer answer, Draft.Idempotency key) {
        if (!answer.fingerprint().equals(key.fingerprint())) {
            throw new Problem(
                    ProblemType.KEY_REUSED,
                    "This Idempotency-Key came with another request before.");
        }
        return answer.status() == Answers.BEGUN
                ? Optional.empty()
                : Optional.of(answer.body().toArray());
    }

    /// What is answered: what another member kept meanwhile for the same request, if any did. What
    /// was done is told even where nobody can write it down any more.
    private byte[] kept(String actor, String action, Draft.@Nullable Idempotency key, Done done) {
        byte[] body = RequestJson.JSON.writeValueAsBytes(done.answer());
        Instant now = clock.instant();
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.AddAudit(actor, action, done.target(), done.detail(), now));
        if (key != null) {
            changes.add(keep(key, 200, Bytes.wrap(body), now));
        }
        try {
            commit(Unit.of(List.of(), changes));
            return key == null ? body : before(key).orElse(body);
        } catch (JournalUnavailable unavailable) {
            LOG.warn(
                    "{} of {} by {} could not be written down: {}",
                    action,
                    done.target(),
                    actor,
                    done.detail());
            return RequestJson.JSON.writeValueAsBytes(done.answer().put("recorded", false));
        }
    }

    private static Change keep(Draft.Idempotency key, int status, Bytes body, Instant at) {
        return new Change.KeepAnswer(
                key.principal(), key.key(), key.fingerprint(), status, body, at);
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
