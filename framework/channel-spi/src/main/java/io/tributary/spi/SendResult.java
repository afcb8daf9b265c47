package io.tributary.spi;

import io.tributary.model.Content.Receipt;
import io.tributary.model.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a send. The plugin says which; what follows is the host's business (guarantee
/// 24).
public sealed interface SendResult {

    /// What the provider took in this attempt, also where the rest failed.
    List<Sent> sent();

    /// The same, having taken this much.
    SendResult having(List<Sent> taken);

    /// The provider took all of it. Final.
    ///
    /// @param reached how far it is already, at least ACCEPTED
    /// @param address the one really used, where it is another; null: the conversation's
    record Accepted(List<Sent> sent, Receipt.Status reached, @Nullable String address)
            implements SendResult {

        public Accepted {
            sent = List.copyOf(sent);
        }

        @Override
        public Accepted having(List<Sent> taken) {
            return new Accepted(taken, reached, address);
        }

        /// The same, already this far.
        public Accepted reached(Receipt.Status status) {
            return new Accepted(sent, status, address);
        }

        /// The same, really sent to this address.
        public Accepted at(String used) {
            return new Accepted(sent, reached, Shape.name(used, "an address"));
        }

        /// How much was taken; the address is personal.
        @Override
        public String toString() {
            return "Accepted[" + sent.size() + " ids, " + reached + "]";
        }
    }

    /// The provider surely did not take it, and may later.
    ///
    /// @param after how long to wait at least; zero: the host's back-off decides
    /// @param scope what has to wait
    record Retry(List<Sent> sent, Duration after, Scope scope, Reason reason)
            implements SendResult {

        public Retry {
            sent = List.copyOf(sent);
            Shape.notNegative(after, "how long to wait");
        }

        @Override
        public Retry having(List<Sent> taken) {
            return new Retry(taken, after, scope, reason);
        }
    }

    /// The provider surely did not take it and never will. Final.
    record Rejected(List<Sent> sent, Reason reason) implements SendResult {

        public Rejected {
            sent = List.copyOf(sent);
        }

        @Override
        public Rejected having(List<Sent> taken) {
            return new Rejected(taken, reason);
        }
    }

    /// Nobody is there: neither this nor anything after it to this address will be taken. Final.
    record RecipientGone(List<Sent> sent, Reason reason) implements SendResult {

        public RecipientGone {
            sent = List.copyOf(sent);
        }

        @Override
        public RecipientGone having(List<Sent> taken) {
            return new RecipientGone(taken, reason);
        }
    }

    /// It is not the message's fault: the account sends nothing until an operator acted. The
    /// message waits.
    record AccountStopped(List<Sent> sent, Reason reason) implements SendResult {

        public AccountStopped {
            sent = List.copyOf(sent);
        }

        @Override
        public AccountStopped having(List<Sent> taken) {
            return new AccountStopped(taken, reason);
        }
    }

    /// It may or may not have been taken. It is not repeated until [Reconciles] or a receipt
    /// settles it.
    record Unknown(List<Sent> sent, Reason reason) implements SendResult {

        public Unknown {
            sent = List.copyOf(sent);
        }

        @Override
        public Unknown having(List<Sent> taken) {
            return new Unknown(taken, reason);
        }
    }

    /// Taken, under these ids for the whole send.
    static Accepted accepted(String... externalIds) {
        return accepted(List.of(externalIds).stream().map(Sent::whole).toList());
    }

    /// Taken, under these ids.
    static Accepted accepted(List<Sent> sent) {
        return new Accepted(sent, Receipt.Status.ACCEPTED, null);
    }

    /// Surely not taken; this message may be tried later.
    static Retry retry(String code, String text) {
        return retry(Duration.ZERO, Scope.MESSAGE, code, text);
    }

    /// Surely not taken; all of the scope waits for this time.
    static Retry retry(Duration after, Scope scope, String code, String text) {
        return new Retry(List.of(), after, scope, Reason.of(code, text));
    }

    /// Surely not taken, and never will be.
    static Rejected rejected(String code, String text) {
        return new Rejected(List.of(), Reason.of(code, text));
    }

    /// Nobody is at the address any more.
    static RecipientGone recipientGone(String code, String text) {
        return new RecipientGone(List.of(), Reason.of(code, text));
    }

    /// An operator has to act first.
    static AccountStopped accountStopped(String code, String text) {
        return new AccountStopped(List.of(), Reason.of(code, text));
    }

    /// Nobody knows.
    static Unknown unknown(String code, String text) {
        return new Unknown(List.of(), Reason.of(code, text));
    }

    /// What it usually means that no answer came: a request that was never written may be tried
    /// again, one that was written may have been taken.
    static SendResult of(Http.Failure failure) {
        return failure.written()
                ? unknown("no-answer", "the request was written, and no answer came")
                : retry(Duration.ZERO, Scope.ACCOUNT, "unreachable", "the provider is unreachable");
    }

    /// What an answer that the plugin has no better word for usually means.
    ///
    /// | status | result | why |
    /// |---|---|---|
    /// | 1xx, 2xx | Unknown | what a success looks like only the plugin knows; this was not it |
    /// | 301, 307, 308 | AccountStopped | the provider moved: the settings name the wrong address |
    /// | other 3xx | Unknown | many servers redirect after they did what was asked |
    /// | 401, 402, 403, 407 | AccountStopped | credentials, money or rights: no message will do better |
    /// | 408, 425 | Retry, this message | the server gave up before it had the request |
    /// | 429 | Retry, the account | too fast; `Retry-After` says until when |
    /// | 404, 410 and other 4xx | Rejected | the request is wrong and stays so; a plugin whose provider means the recipient by 404 or 410 says RecipientGone itself |
    /// | 501, 505 | Rejected | the server will not learn it |
    /// | 503 | Retry, the account | down; `Retry-After` says until when |
    /// | 504 | Unknown | a gateway that waited in vain: what is behind it may have taken the message |
    /// | other 5xx | Retry, this message | the server says that it failed |
    ///
    /// `Retry-After` may be seconds or an HTTP date; a date is taken relative to the answer's own
    /// `Date`, so that clocks need not agree. It is cut at one day. Without it the host's back-off
    /// decides.
    static SendResult of(Http.Answer answer) {
        return HttpMeaning.of(answer);
    }
}
