package io.tributary.wearables.mqtt;

import io.tributary.spi.AccountContext;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookRequest;
import io.tributary.spi.WebhookVerdict;

/// An account to which data points may be posted, too.
final class PostedAccount extends WearablesAccount implements ReceivesWebhooks {

    private final DataPointDoor door;

    PostedAccount(AccountContext context, String secret) {
        super(context);
        this.door = new DataPointDoor(new Signature(secret), events());
    }

    @Override
    public WebhookVerdict verify(WebhookRequest request) {
        return door.verify(request);
    }
}
