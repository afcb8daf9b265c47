package io.tributary.host;

import io.tributary.host.http.Routes;
import io.tributary.host.inbound.WebhookDoor;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.util.concurrent.CompletableFuture;

/// Leads webhooks from the server to the room that takes them.
record AccountWebhooks(WebhookDoor door) implements Routes.Webhooks {

    @Override
    public boolean knows(String account) {
        return door.knows(account);
    }

    @Override
    public CompletableFuture<WebhookReply> receive(String account, WebhookRequest request) {
        return door.receive(account, request);
    }
}
