package io.tributary.testkit;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The provider to which an account's connections connect, as one that works: a simulator on the
/// loopback that keeps the provider's rules, made by the channel's own tests. The contract has
/// customers say something through it, cuts it, and looks at what it regards as done.
///
/// Thread safe.
public interface Simulator extends AutoCloseable {

    /// Where it is: what `goodSettings` is given.
    URI uri();

    /// A customer says something.
    ///
    /// It is offered to whoever connects until it is acknowledged, before and after a cut, by
    /// whatever the provider knows it (the same id each time).
    ///
    /// @param customer which one, from 0; each has an address of its own
    void say(int customer, String text) throws Exception;

    /// What was said and acknowledged since: it is never offered again.
    List<String> acknowledged();

    /// The texts that it took from us, in order. Empty where connections do not send.
    default List<String> taken() {
        return List.of();
    }

    /// Cuts what is connected, waiting requests too; of who is just between two requests, the next
    /// one. It can be connected to again at once.
    void cut() throws Exception;

    /// Ends it, so that nobody listens where it was. Doing so again does nothing.
    @Override
    void close() throws IOException;
}
