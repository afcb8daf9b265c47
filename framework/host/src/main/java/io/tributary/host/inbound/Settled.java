package io.tributary.host.inbound;

import io.tributary.spi.NotStored;

/// Is told what became of a delivery, once, on whatever thread knew it first: be short.
interface Settled {

    /// All of it is durable.
    void stored(Stored stored);

    /// Nothing is to be acknowledged.
    ///
    /// @param text what is wrong, without contents
    void notStored(NotStored.Why why, String text);
}
