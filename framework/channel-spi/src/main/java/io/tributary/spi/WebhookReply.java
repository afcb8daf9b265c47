package io.tributary.spi;

import io.tributary.model.Bytes;

/// What the provider gets as answer, after the commit.
///
/// @param status 200 to 599
/// @param type the body's media type; empty where there is no body
public record WebhookReply(int status, String type, Bytes body) {

    /// 204, no body.
    public static final WebhookReply EMPTY = new WebhookReply(204, "", Bytes.EMPTY);

    public WebhookReply {
        Shape.status(status, 200, 599);
        if (type.isEmpty() && body.length() > 0) {
            throw new IllegalArgumentException("a reply with a body needs a media type");
        }
    }

    /// 200 with this text.
    public static WebhookReply ok(String type, String body) {
        return new WebhookReply(200, type, Bytes.utf8(body));
    }

    /// A status without body.
    public static WebhookReply status(int status) {
        return new WebhookReply(status, "", Bytes.EMPTY);
    }
}
