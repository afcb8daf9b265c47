package io.tributary.spi;

/// The provider posts to us.
public interface ReceivesWebhooks extends Translates {

    /// Checks the raw bytes, then splits them into events, then computes the answer, in this order:
    /// what is not genuine must not be parsed.
    ///
    /// Runs before anything is kept (guarantee 9). Deadline 5 s. May read state; changes of state
    /// belong into the [Delivery], and if one of them expects what is no longer so, this runs
    /// again, three times at most. The answer goes out when the delivery is durable; if the store
    /// is unavailable the provider gets 503.
    ///
    /// What is genuine and cannot be split is delivered whole, so that nothing is lost.
    ///
    /// @throws Malformed 400, nothing kept
    /// @throws Exception 500, nothing kept
    WebhookVerdict verify(WebhookRequest request) throws Exception;
}
