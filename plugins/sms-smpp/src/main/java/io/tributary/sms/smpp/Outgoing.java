package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.AccountContext;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Submits messages over a bind and says what became of them.
///
/// The messages of a long text go one after another, so that what was taken is always its
/// beginning: a later attempt goes on after that. SMPP has no idempotency key, so nothing is
/// submitted again whose response never came.
final class Outgoing {

    private static final int WINDOW = 10;

    private final AccountContext context;
    private final Profile profile;
    private final Submission submission;
    private final int size;
    private final Semaphore window;

    Outgoing(AccountContext context, Profile profile) {
        this.context = context;
        this.profile = profile;
        this.submission = new Submission(profile);
        this.size = (int) context.settings().number("window", WINDOW);
        this.window = new Semaphore(size, true);
    }

    /// How many requests the SMSC lets be unanswered.
    int window() {
        return size;
    }

    SendResult send(OutboundMessage message, Link link) throws InterruptedException {
        if (message.parts().size() != 1 || !(message.content() instanceof Content.Text text)) {
            return SendResult.rejected("content", "SMS carries text only");
        }
        if (!submission.to(message).fits()) {
            return SendResult.rejected("address", "the address does not fit into SMPP's field");
        }
        if (!submission.from(message).fits()) {
            return SendResult.rejected("line", "the line does not fit into SMPP's field");
        }
        var now = context.clock().instant();
        return submit(message, submission.bodies(message, text.text(), now), link);
    }

    private SendResult submit(OutboundMessage message, List<Bytes> bodies, Link link)
            throws InterruptedException {
        int before = message.sent().size();
        if (before >= bodies.size()) {
            return SendResult.accepted(message.sent());
        }
        var taken = new ArrayList<Sent>();
        for (int i = before; i < bodies.size(); i++) {
            var failed = submit(message.key(), i, bodies.get(i), link, taken);
            if (failed != null) {
                return failed.having(List.copyOf(taken));
            }
        }
        return SendResult.accepted(taken);
    }

    /// Submits one and adds its id; null: it was taken.
    private @Nullable SendResult submit(
            String key, int number, Bytes body, Link link, List<Sent> taken)
            throws InterruptedException {
        window.acquire();
        try {
            var answer = link.ask(Pdu.SUBMIT_SM, body);
            if (answer.command() == (Pdu.SUBMIT_SM | Pdu.RESPONSE)
                    && answer.status() == CommandStatus.OK) {
                taken.add(Sent.whole(id(key, number, answer.body())));
                return null;
            }
            if (answer.status() == CommandStatus.WRONG_BIND_STATUS) {
                link.retire(); // what the SMSC regards as another bind, or none, is of no use
            }
            return answer.status() == CommandStatus.OK
                    ? SendResult.unknown("answer", "the SMSC answered something else")
                    : CommandStatus.of(answer.status());
        } catch (NotWritten cut) {
            return SendResult.retry(
                    Duration.ZERO, Scope.ACCOUNT, "unreachable", "the SMSC cannot be reached");
        } catch (Unanswered silent) {
            return SendResult.unknown("no-answer", "it was submitted, and no response came");
        } finally {
            window.release();
        }
    }

    /// An SMSC that names nothing has taken it all the same; its receipts then name nothing either.
    private String id(String key, int number, Bytes body) {
        var named = body.isEmpty() ? "" : id(body);
        var id = profile.answers().normal(named);
        return id.isEmpty() ? key + "-" + number : id;
    }

    /// Some leave out the NUL at the end.
    private static String id(Bytes body) {
        return body.at(body.length() - 1) == 0
                ? new BodyReader(body).text()
                : new BodyReader(new BodyWriter().octets(body).octet(0).bytes()).text();
    }
}
