package io.tributary.spi;

/// Takes messages to the provider.
///
/// Implement it where the wire is: on the account, or else on its connections, or else on its
/// device sessions.
public interface Sends {

    /// Hands one message to the provider and waits for its answer.
    ///
    /// Called once per attempt, in order within a conversation, side by side for different ones,
    /// under the lease of the slot or device, after `SENDING` was committed (guarantee 23). Parts
    /// beyond [Capabilities#together()] are sends of their own. Deadline 30 s.
    ///
    /// @return what became of it, see [SendResult]; what it says decides alone what follows
    ///   (guarantee 24)
    /// @throws InterruptedException the deadline passed or the account is being closed; this, like
    ///   whatever else is thrown, counts as [SendResult.Unknown] (guarantee 25)
    SendResult send(OutboundMessage message) throws InterruptedException;

    /// How many sends run side by side, per slot or session.
    default int atOnce() {
        return 16;
    }
}
