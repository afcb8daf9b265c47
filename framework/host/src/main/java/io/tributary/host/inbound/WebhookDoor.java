package io.tributary.host.inbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.model.AccountId;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Takes what providers post: verified, translated, committed, and only then answered.
///
/// Thread safe. Each request has a virtual thread for verify, translate and decide, and none while
/// the journal commits.
public final class WebhookDoor {

    private final OpenAccounts accounts;
    private final Inbox inbox;

    public WebhookDoor(OpenAccounts accounts, Inbox inbox) {
        this.accounts = accounts;
        this.inbox = inbox;
    }

    /// Whether a webhook for the account is worth reading: it is there, and if it is open now, it
    /// takes webhooks. Cheap enough for an event loop.
    ///
    /// @param account as it stands in the path, unchecked
    public boolean knows(String account) {
        AccountId id = id(account);
        if (id == null) {
            return false;
        }
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Unknown _ -> false;
            case OpenAccounts.Found.Down _ -> true;
            case OpenAccounts.Found.Open open ->
                    open.account().ability(ReceivesWebhooks.class).isPresent();
        };
    }

    /// Called on an event loop: hands over and returns.
    ///
    /// @param account as it stands in the path, unchecked
    /// @return completes on any thread, never exceptionally: the plugin's reply after the commit,
    ///   else a problem (404 no such account, 503 it is down or the journal takes nothing, 400
    ///   malformed, the plugin's status where it refuses, 500 it failed)
    public CompletableFuture<WebhookReply> receive(String account, WebhookRequest request) {
        AccountId id = id(account);
        if (id == null) {
            return CompletableFuture.completedFuture(Replies.UNKNOWN);
        }
        return switch (accounts.find(id)) {
            case OpenAccounts.Found.Unknown _ -> CompletableFuture.completedFuture(Replies.UNKNOWN);
            case OpenAccounts.Found.Down _ -> {
                inbox.counts().webhook(id, Counts.Answer.UNAVAILABLE);
                yield CompletableFuture.completedFuture(Replies.UNAVAILABLE);
            }
            case OpenAccounts.Found.Open open -> receive(open.account(), request);
        };
    }

    private CompletableFuture<WebhookReply> receive(OpenAccount account, WebhookRequest request) {
        Optional<ReceivesWebhooks> webhooks = account.ability(ReceivesWebhooks.class);
        if (webhooks.isEmpty()) {
            return CompletableFuture.completedFuture(Replies.UNKNOWN);
        }
        var reply = new CompletableFuture<WebhookReply>();
        run(account, webhooks.get(), request, reply);
        return reply;
    }

    private void run(
            OpenAccount account,
            ReceivesWebhooks webhooks,
            WebhookRequest request,
            CompletableFuture<WebhookReply> reply) {
        new WebhookRun(
                        inbox,
                        account,
                        webhooks,
                        request,
                        reply,
                        (closed, unanswered) -> again(closed, request, unanswered))
                .start();
    }

    /// Whoever found an account just before it was replaced is served by what took its place.
    @SuppressWarnings("ReferenceEquality") // the same settings on another version are another one
    private boolean again(
            OpenAccount closed, WebhookRequest request, CompletableFuture<WebhookReply> reply) {
        if (accounts.find(closed.id()) instanceof OpenAccounts.Found.Open(var account)
                && account != closed) {
            Optional<ReceivesWebhooks> webhooks = account.ability(ReceivesWebhooks.class);
            webhooks.ifPresent(ability -> run(account, ability, request, reply));
            return webhooks.isPresent();
        }
        return false;
    }

    private static @Nullable AccountId id(String text) {
        try {
            return AccountId.of(text);
        } catch (IllegalArgumentException noName) {
            return null;
        }
    }
}
