package io.tributary.host.outbound;

import io.tributary.model.AccountId;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a draft.
public sealed interface Posted {

    /// Durable; it is being sent.
    ///
    /// @param interaction with its position
    /// @param again whether this answers a repeated request with what it brought the first time
    record Taken(Interaction interaction, boolean again) implements Posted {}

    /// Nothing was stored and the provider was not called. Refusals are not kept under an
    /// idempotency key: the request may be repeated when its reason is gone.
    sealed interface Refused extends Posted {

        record NoSuchConversation(ConversationId id) implements Refused {}

        record NoSuchAccount(AccountId account) implements Refused {}

        /// The account does not serve.
        ///
        /// @param why for an operator
        record AccountDown(AccountId account, String why) implements Refused {}

        record Closed(ConversationId id) implements Refused {}

        /// Another agent holds the conversation.
        record Claimed(String by, @Nullable String name) implements Refused {}

        /// Somebody wrote meanwhile.
        ///
        /// @param position of the first content that the author has not seen
        record NewerContent(long position) implements Refused {}

        /// The channel, its window or the customer's consent does not let it through.
        ///
        /// @param opensAt from when on the same would be let through, as far as that is known
        record CannotSend(List<Problem> problems, @Nullable Instant opensAt) implements Refused {
            public CannotSend {
                problems = List.copyOf(problems);
            }

            CannotSend(List<Problem> problems) {
                this(problems, null);
            }

            static CannotSend because(String code, String text) {
                return new CannotSend(List.of(Problem.whole(code, text)));
            }
        }

        /// The draft names something that is not there or does not belong to it.
        record Invalid(List<Problem> problems) implements Refused {
            public Invalid {
                problems = List.copyOf(problems);
            }

            static Invalid because(String code, String text) {
                return new Invalid(List.of(Problem.whole(code, text)));
            }
        }

        /// There is an open conversation with this end already: reply there.
        record AlreadyOpen(ConversationId id) implements Refused {}

        /// The idempotency key was used for another request.
        record KeyReused() implements Refused {}

        /// The request was taken under this key, and the reply has since been dropped with age.
        record AnswerDropped() implements Refused {}
    }

    /// One thing that is in the way.
    ///
    /// @param part which part, from 1; 0: the whole of it
    record Problem(int part, Reason reason) {
        static Problem whole(String code, String text) {
            return new Problem(0, Reason.of(code, text));
        }

        static Problem of(int part, String code, String text) {
            return new Problem(part, Reason.of(code, text));
        }
    }
}
