package io.tributary.host.agents;

/// One reader of the stream. Both methods hand over and return.
public interface Subscription extends AutoCloseable {

    /// The client can take more.
    void drained();

    /// The client is gone.
    @Override
    void close();
}
