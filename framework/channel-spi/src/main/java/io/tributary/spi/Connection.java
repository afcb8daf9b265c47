package io.tributary.spi;

/// One connection of a slot. May also be [Sends] and [SendsSignals].
@Preview
public interface Connection {

    /// Connects and stays until interrupted. One thread; `send` and `signal` run beside it
    /// (guarantee 3).
    ///
    /// Messages come from `report(UP)` until another report or the end (guarantee 14). When it
    /// ends, by return or exception, both `connect` and this are called again after 1 s to 60 s
    /// (guarantee 13). When the member has to leave it is interrupted and has 10 s, in which
    /// `deliver` works (guarantee 15); when the lease is lost it is interrupted at once and
    /// `deliver` throws LOST (guarantee 16).
    void run() throws Exception;
}
