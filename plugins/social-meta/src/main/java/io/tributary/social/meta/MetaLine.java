package io.tributary.social.meta;

import io.tributary.spi.Secret;
import java.net.URI;

/// One of our ends: a WhatsApp number, a Facebook page, an Instagram account.
///
/// @param id as webhooks have it
/// @param name for people
/// @param node where it is found in the Graph API, with the API's address
/// @param token of requests for it
/// @param ownToken whether it is another than the account's: its trouble is not that of the others
/// @param perSecond how many messages it may send
/// @param humanAgent whether people may answer for seven days
/// @param listButton what stands on the button that opens a list
record MetaLine(
        Platform platform,
        String id,
        String name,
        URI node,
        Secret token,
        boolean ownToken,
        int perSecond,
        boolean humanAgent,
        String listButton) {

    /// Id and platform alone.
    @Override
    public String toString() {
        return "MetaLine[" + platform + " " + id + "]";
    }
}
