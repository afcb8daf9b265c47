package io.tributary.spi;

/// What [ReceivesWebhooks#verify(WebhookRequest)] says of a request.
public sealed interface WebhookVerdict {

    /// It is genuine.
    ///
    /// @param delivery what it brings; [Delivery#NOTHING] where it only wants an answer
    /// @param reply goes out when the delivery is durable, and not before
    record Accepted(Delivery delivery, WebhookReply reply) implements WebhookVerdict {}

    /// It is not, or is none of ours. Nothing is kept.
    ///
    /// @param status 400 to 499
    /// @param reason for the log; the provider sees only the status
    record Refused(int status, String reason) implements WebhookVerdict {

        public Refused {
            Shape.status(status, 400, 499);
        }
    }

    /// Genuine; answered by 204 when durable.
    static Accepted accepted(Delivery delivery) {
        return new Accepted(delivery, WebhookReply.EMPTY);
    }

    /// Genuine; answered by `reply` when durable.
    static Accepted accepted(Delivery delivery, WebhookReply reply) {
        return new Accepted(delivery, reply);
    }

    /// Genuine, and brings nothing: a handshake, a test.
    static Accepted answered(WebhookReply reply) {
        return new Accepted(Delivery.NOTHING, reply);
    }

    /// Not genuine: 401.
    static Refused refused(String reason) {
        return new Refused(401, reason);
    }

    /// Not acceptable, for this reason.
    static Refused refused(int status, String reason) {
        return new Refused(status, reason);
    }
}
