package io.tributary.spi;

/// Can find out afterwards what became of a send.
public interface Reconciles extends Sends {

    /// Asks the provider about a send whose outcome is unknown. It must not send anything.
    ///
    /// Deadline 30 s. The message is sent again only if this says [SendResult.Retry], that is: it
    /// was surely not taken (guarantee 25).
    ///
    /// @return [SendResult.Unknown] where the provider cannot tell (yet)
    SendResult lookUp(OutboundMessage message) throws InterruptedException;
}
