package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.spi.NotStored;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// One webhook on its way. Its virtual thread ends when the journal has the unit; the reply is
/// completed by the journal's thread.
final class WebhookRun implements Runnable, Settled {

    /// Runs of verify, when state that it read was changed meanwhile (guarantee 9).
    private static final int MOST_VERIFIED = 3;

    private final Inbox inbox;
    private final OpenAccount account;
    private final ReceivesWebhooks webhooks;
    private final WebhookRequest request;
    private final CompletableFuture<WebhookReply> reply;
    private final Successor successor;
    private WebhookReply answer = WebhookReply.EMPTY;
    private int verified;

    /// Starts the request anew on what has taken the closed account's place.
    @FunctionalInterface
    interface Successor {

        /// @return false: there is none
        boolean take(OpenAccount closed, CompletableFuture<WebhookReply> reply);
    }

    WebhookRun(
            Inbox inbox,
            OpenAccount account,
            ReceivesWebhooks webhooks,
            WebhookRequest request,
            CompletableFuture<WebhookReply> reply,
            Successor successor) {
        this.inbox = inbox;
        this.account = account;
        this.webhooks = webhooks;
        this.request = request;
        this.reply = reply;
        this.successor = successor;
    }

    void start() {
        try {
            account.calls().relay(account.id(), "webhook", this);
        } catch (RuntimeException closing) {
            settle(Counts.Answer.UNAVAILABLE, Replies.UNAVAILABLE);
        }
    }

    @Override
    public void run() {
        try {
            verified++;
            WebhookVerdict verdict =
                    account.calls()
                            .call(Calls.Kind.VERIFY, account.id(), this::verify, this::stuck);
            switch (verdict) {
                case WebhookVerdict.Refused refused -> refuse(refused);
                case WebhookVerdict.Accepted accepted -> take(accepted);
            }
        } catch (PluginFailure failure) {
            failed(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            settle(Counts.Answer.UNAVAILABLE, Replies.UNAVAILABLE);
        } catch (RuntimeException failure) {
            settle(Counts.Answer.FAILED, Replies.FAILED);
        }
    }

    /// A verdict without delivery or reply is the plugin's failure like any other, and found here,
    /// before anything is stored that could not be answered then.
    private WebhookVerdict verify() throws Exception {
        WebhookVerdict verdict =
                Objects.requireNonNull(webhooks.verify(request), "verify answered null");
        if (verdict instanceof WebhookVerdict.Accepted accepted) {
            Objects.requireNonNull(accepted.delivery(), "verify brought no delivery");
            Objects.requireNonNull(accepted.reply(), "verify gave no reply");
        }
        return verdict;
    }

    private void stuck() {
        settle(Counts.Answer.FAILED, Replies.FAILED);
    }

    private void refuse(WebhookVerdict.Refused refused) {
        inbox.counts().refused(account.id(), refused.reason());
        settle(Counts.Answer.REFUSED, Replies.refused(refused.status()));
    }

    private void take(WebhookVerdict.Accepted accepted) {
        answer = accepted.reply();
        var delivery = accepted.delivery();
        inbox.deliver(
                new Arrived(
                        account,
                        webhooks,
                        delivery.events(),
                        delivery.state(),
                        delivery.signals(),
                        request.receivedAt(),
                        TraceContext.of(request.header("traceparent")),
                        Arrived.Unity.EACH,
                        null,
                        List.of(),
                        false),
                this);
    }

    private void failed(PluginFailure failure) {
        switch (failure.why()) {
            case MALFORMED -> settle(Counts.Answer.MALFORMED, Replies.MALFORMED);
            case THROWN, TROUBLE, DEADLINE, STUCK -> settle(Counts.Answer.FAILED, Replies.FAILED);
            case CLOSED -> {
                if (!successor.take(account, reply)) {
                    settle(Counts.Answer.UNAVAILABLE, Replies.UNAVAILABLE);
                }
            }
            case NOT_STORED -> settle(Counts.Answer.UNAVAILABLE, Replies.UNAVAILABLE);
        }
    }

    @Override
    public void stored(Stored stored) {
        settle(Counts.Answer.STORED, answer);
    }

    @Override
    public void notStored(NotStored.Why why, String text) {
        if (why == NotStored.Why.CONFLICT && verified < MOST_VERIFIED) {
            start();
        } else {
            settle(Counts.Answer.UNAVAILABLE, Replies.UNAVAILABLE);
        }
    }

    private void settle(Counts.Answer counted, WebhookReply with) {
        if (reply.complete(with)) {
            inbox.counts().webhook(account.id(), counted);
        }
    }
}
