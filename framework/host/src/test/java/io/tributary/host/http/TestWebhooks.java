package io.tributary.host.http;

import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// Takes webhooks for every account but `nobody`.
record TestWebhooks(BiFunction<String, WebhookRequest, CompletableFuture<WebhookReply>> taker)
        implements Routes.Webhooks {

    @Override
    public boolean knows(String account) {
        return !account.equals("nobody");
    }

    @Override
    public CompletableFuture<WebhookReply> receive(String account, WebhookRequest request) {
        return taker.apply(account, request);
    }
}
