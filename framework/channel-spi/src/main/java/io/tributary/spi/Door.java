package io.tributary.spi;

/// A public entrance of one account on the host. What stands behind the address of a door is the
/// channel's own, see [AccountContext#url(Door, String)].
public enum Door {
    /// Where the provider posts: [ReceivesWebhooks]. `/channels/ACCOUNT/webhook`.
    WEBHOOK,
    /// Where devices open WebSockets: [HostsDevices]. `/channels/ACCOUNT/connect`.
    CONNECT,
    /// Where browsers find the plugin's pages: [ServesPages]; another origin than the rest.
    /// `/channels/ACCOUNT/pages`.
    PAGES
}
