package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Malformed;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Submits messages over a bind and says what became of them.
///
/// The messages of a long text go one after another, so that what was taken is always its
/// beginning: a later attempt goes on after that. SMPP has no idempotency key, so nothing is
/// submitted again whose response never came, and nothing is submitted whose response might come
/// too late to be heard.
final class Outgoing {

    private static final int WINDOW = 10;

    /// How ids begin that the SMSC did not give. The bare key of a send is no id that it gave, so
    /// what was taken under it would not count as taken in a later attempt.
    private static final String OURS = "smpp-";

    /// Of the 30 s that a send has; the rest is for whoever looks at what it says.
    private static final Duration TIME = Duration.ofSeconds(28);

    private final AccountContext context;
    private final Profile profile;
    private final Submission submission;
    private final CutNotes cuts;
    private final long patience;
    private final int size;
    private final Semaphore window;
    private final LongSupplier nanos;

    Outgoing(AccountContext context, Profile profile) {
        this(context, profile, System::nanoTime);
    }

    /// @param nanos tells how time passes
    Outgoing(AccountContext context, Profile profile, LongSupplier nanos) {
        this.context = context;
        this.profile = profile;
        this.submission = new Submission(profile);
        this.cuts = new CutNotes(context, profile);
        this.patience = context.settings().duration("answerWithin", Bind.PATIENCE).toNanos();
        this.size = (int) context.settings().number("window", WINDOW);
        this.window = new Semaphore(size, true);
        this.nanos = nanos;
    }

    /// How many requests the SMSC lets be unanswered.
    int window() {
        return size;
    }

    SendResult send(OutboundMessage message, Link link) {
        if (message.parts().size() != 1 || !(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "SMS carries text only");
        }
        if (!submission.to(message).fits()) {
            return SendResult.rejected("address", "the address does not fit into SMPP's field");
        }
        if (!submission.from(message).fits()) {
            return SendResult.rejected("line", "the line does not fit into SMPP's field");
        }
        var refusal = message.sent().isEmpty() ? null : cuts.refusal(message);
        if (refusal != null) {
            return refusal;
        }
        var now = context.clock().instant();
        var result = submit(message, submission.bodies(message, text.text(), now), link);
        boolean begun = !message.sent().isEmpty() || !result.sent().isEmpty();
        if (begun && goesOn(result)) {
            cuts.write(message);
        }
        return result;
    }

    /// Whether another attempt may send the rest; of what is unknown, where it is to go out at
    /// least once.
    private static boolean goesOn(SendResult result) {
        return switch (result) {
            case SendResult.Retry _, SendResult.AccountStopped _, SendResult.Unknown _ -> true;
            default -> false;
        };
    }

    private SendResult submit(OutboundMessage message, List<Bytes> bodies, Link link) {
        int before = message.sent().size();
        if (before >= bodies.size()) {
            return SendResult.accepted(message.sent());
        }
        long until = nanos.getAsLong() + TIME.toNanos() - patience;
        var taken = new ArrayList<Sent>();
        for (int i = before; i < bodies.size(); i++) {
            var answered = enter(bodies.get(i), link, until);
            var failed = answered.failed();
            if (failed != null) {
                return failed.having(List.copyOf(taken));
            }
            taken.add(Sent.whole(id(message, i, answered.body(), taken)));
        }
        return SendResult.accepted(taken);
    }

    /// What the SMSC said to one.
    ///
    /// @param body of the answer, where it was taken
    /// @param failed null: it was taken
    private record Answered(Bytes body, @Nullable SendResult failed) {

        static Answered not(SendResult failed) {
            return new Answered(Bytes.EMPTY, failed);
        }
    }

    /// Submits one when there is a place in the window, and not so late that there is no time left
    /// to hear what becomes of it.
    private Answered enter(Bytes body, Link link, long until) {
        try {
            if (!window.tryAcquire(until - nanos.getAsLong(), TimeUnit.NANOSECONDS)) {
                return Answered.not(SendResult.retry("slow", "the SMSC answers too slowly"));
            }
        } catch (InterruptedException leaving) {
            return Answered.not(SendResult.retry("leaving", "the bind is about to end"));
        }
        try {
            return until - nanos.getAsLong() < 0
                    ? Answered.not(SendResult.retry("slow", "the SMSC answers too slowly"))
                    : ask(body, link);
        } finally {
            window.release();
        }
    }

    private static Answered ask(Bytes body, Link link) {
        try {
            var answer = link.ask(Pdu.SUBMIT_SM, body);
            if (answer.status() != CommandStatus.OK) {
                if (answer.status() == CommandStatus.WRONG_BIND_STATUS) {
                    link.retire(); // what the SMSC regards as another bind, or none, is of no use
                }
                return Answered.not(CommandStatus.of(answer.status()));
            }
            return answer.command() == (Pdu.SUBMIT_SM | Pdu.RESPONSE)
                    ? new Answered(answer.body(), null)
                    : Answered.not(
                            SendResult.unknown("answer", "the SMSC answered something else"));
        } catch (NotWritten cut) {
            return Answered.not(
                    SendResult.retry(
                            Duration.ZERO,
                            Scope.ACCOUNT,
                            "unreachable",
                            "the SMSC cannot be reached"));
        } catch (Unanswered silent) {
            return Answered.not(
                    SendResult.unknown("no-answer", "it was submitted, and no response came"));
        } catch (InterruptedException leaving) {
            // it ends at once, which is what was asked; and says what was taken before
            return Answered.not(
                    SendResult.unknown("interrupted", "it was submitted; no response came yet"));
        }
    }

    /// An SMSC that names nothing, or names several alike, has taken them all the same; receipts
    /// then are about the first of that name, or about none.
    private String id(OutboundMessage message, int number, Bytes body, List<Sent> taken) {
        var id = profile.answers().normal(named(body));
        return id.isEmpty() || has(taken, id) || has(message.sent(), id)
                ? OURS + message.key() + "-" + number
                : id;
    }

    private static boolean has(List<Sent> sent, String id) {
        return sent.stream().anyMatch(each -> each.externalId().equals(id));
    }

    /// Some leave out the NUL at the end. Empty where it is longer than any id.
    private static String named(Bytes body) {
        if (body.isEmpty()) {
            return "";
        }
        boolean ended = body.at(body.length() - 1) == 0;
        var text = ended ? body : new BodyWriter().octets(body).octet(0).bytes();
        try {
            return new BodyReader(text).text();
        } catch (Malformed endless) {
            return "";
        }
    }
}
