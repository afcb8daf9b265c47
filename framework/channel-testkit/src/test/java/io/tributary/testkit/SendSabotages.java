package io.tributary.testkit;

import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Fields;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.testkit.pager.PagerAccount;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/// Channels that are wrong in what they make of a send, and in the smaller abilities.
final class SendSabotages {

    private SendSabotages() {}

    static List<Sabotage> ofSending() {
        return List.of(
                Sabotage.account("unknown content is refused without a call", SendsAnything::new),
                sends("an unreachable provider surely took nothing", _ -> unknown()),
                sends("a provider that hangs up may have taken it", _ -> retry()),
                sends(
                        "a provider that is too busy is tried later",
                        _ -> SendResult.rejected("busy", "busy")),
                sends("no error of the provider is a success", _ -> SendResult.accepted("x")),
                Sabotage.account(
                        "a send under way ends when the account is closed", RepeatsBlindly::new),
                Sabotage.account("results give no secret away", Quotes::new),
                Sabotage.account("at least one send at once", NeverSends::new));
    }

    static List<Sabotage> ofAnswers() {
        return List.of(
                sends("a provider that asks for patience gets it", _ -> retry()),
                sends(
                        "a provider's own failure is no verdict on the message",
                        _ -> SendResult.rejected("failed", "failed")),
                sends("what the provider refuses is not tried again", _ -> retry()),
                sends("an answer that breaks off settles nothing", _ -> retry()),
                sends(
                        "what was taken is known by the provider's ids",
                        _ -> SendResult.accepted(List.of())),
                sends(
                        "a success that is not the provider's is none",
                        _ -> SendResult.accepted("x")));
    }

    static List<Sabotage> ofReconciling() {
        return List.of(
                looksUp("an unreadable answer settles nothing"),
                looksUp("an unreachable provider settles nothing"),
                looksUp("a provider that hangs up settles nothing"),
                looksUp("a provider's error settles nothing"));
    }

    static List<Sabotage> ofAbilities() {
        return List.of(
                Sabotage.account("segments joined are the text", CutsCharacters::new),
                Sabotage.account("media are located or cleanly not", LocatesNonsense::new),
                Sabotage.account("an unreachable provider is not healthy", AlwaysWell::new),
                Sabotage.account("actions have names and schemas of their own", TwinActions::new));
    }

    private static SendResult unknown() {
        return SendResult.unknown("any", "whatever happens");
    }

    private static SendResult retry() {
        return SendResult.retry("any", "whatever happens");
    }

    /// Makes the same of everything that happens.
    private static Sabotage sends(String promise, Function<OutboundMessage, SendResult> result) {
        return Sabotage.account(
                promise,
                context ->
                        new PagerAccount(context) {
                            @Override
                            public SendResult send(OutboundMessage message)
                                    throws InterruptedException {
                                super.send(message);
                                return result.apply(message);
                            }
                        });
    }

    /// Takes a failed question for a failed send.
    private static Sabotage looksUp(String promise) {
        return Sabotage.account(
                promise,
                context ->
                        new PagerAccount(context) {
                            @Override
                            public SendResult lookUp(OutboundMessage message)
                                    throws InterruptedException {
                                super.lookUp(message);
                                return retry();
                            }
                        });
    }

    private static final class SendsAnything extends PagerAccount {
        SendsAnything(AccountContext context) {
            super(context);
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            var text = Part.of(Content.text(message.content().fallback()));
            return super.send(
                    new OutboundMessage(
                            message.key(),
                            message.id(),
                            message.conversation(),
                            message.actor(),
                            text,
                            null,
                            null,
                            message.sent(),
                            message.attempt(),
                            message.firstTriedAt(),
                            message.expiresAt(),
                            message.extensions()));
        }
    }

    /// Takes its own interrupt for a reason to try again.
    private static final class RepeatsBlindly extends PagerAccount {
        RepeatsBlindly(AccountContext context) {
            super(context);
        }

        @Override
        public SendResult send(OutboundMessage message) {
            try {
                return super.send(message);
            } catch (InterruptedException interrupted) {
                return retry();
            }
        }
    }

    /// Gives back what the provider said.
    private static final class Quotes extends PagerAccount {
        Quotes(AccountContext context) {
            super(context);
        }

        @Override
        public SendResult send(OutboundMessage message) throws InterruptedException {
            try {
                var url = context.settings().uri("url");
                var answer = context.http().send(Http.Call.post(url, Fields.of("a", "b")));
                return SendResult.rejected("said", answer.body().utf8());
            } catch (Http.Failure failure) {
                return SendResult.of(failure);
            }
        }
    }

    private static final class NeverSends extends PagerAccount {
        NeverSends(AccountContext context) {
            super(context);
        }

        @Override
        public int atOnce() {
            return 0;
        }
    }

    private static final class CutsCharacters extends PagerAccount {
        CutsCharacters(AccountContext context) {
            super(context);
        }

        @Override
        public List<String> split(String text) {
            return text.length() < 2
                    ? List.of(text)
                    : List.of(text.substring(0, 1), text.substring(1));
        }
    }

    private static final class LocatesNonsense extends PagerAccount {
        LocatesNonsense(AccountContext context) {
            super(context);
        }

        @Override
        public Location locate(String fetch) {
            return Location.of(URI.create(fetch));
        }
    }

    private static final class AlwaysWell extends PagerAccount {
        AlwaysWell(AccountContext context) {
            super(context);
        }

        @Override
        public Health check() {
            return Health.up();
        }
    }

    private static final class TwinActions extends PagerAccount {
        TwinActions(AccountContext context) {
            super(context);
        }

        @Override
        public List<Action> actions() {
            var action = new Action("ping", "Ping", Json.OBJECT);
            return List.of(action, action);
        }
    }
}
