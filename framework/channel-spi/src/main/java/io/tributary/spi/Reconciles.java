package io.tributary.spi;

/// Can find out afterwards what became of a send.
public interface Reconciles extends Sends {

    /// Asks the provider about a send whose outcome is unknown. It must not send anything.
    ///
    /// Deadline 30 s. The message is sent again only if this says [SendResult.Retry], that is: it
    /// was surely not taken (guarantee 25).
    ///
    /// So whatever goes wrong with the question itself is [SendResult.Unknown]: that the provider
    /// cannot be reached, is busy or wants other credentials says nothing about the message.
    /// [SendResult#of(Http.Failure)] and [SendResult#of(Http.Answer)] are for sends and mislead
    /// here.
    ///
    /// @return [SendResult.Unknown] where the provider cannot tell (yet)
    SendResult lookUp(OutboundMessage message) throws InterruptedException;
}
