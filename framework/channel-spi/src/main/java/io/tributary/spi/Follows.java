package io.tributary.spi;

import io.tributary.model.Interaction;
import io.tributary.model.Signal;

/// A session that shows the conversation: what a customer may see, both directions, from a cursor
/// on; also that it was closed.
@Preview
public interface Follows {

    /// One interaction, in order, on whatever member (guarantee 22). Deadline 5 s.
    ///
    /// @param cursor where to go on after it, see [DeviceLink#follow(String, String)]
    /// @throws Exception the socket is closed with 1011
    void onInteraction(Interaction interaction, String cursor) throws Exception;

    /// Something to see now.
    default void onSignal(Signal signal) throws Exception {}
}
