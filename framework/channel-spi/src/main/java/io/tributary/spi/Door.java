package io.tributary.spi;

/// A public entrance of one account on the host.
public enum Door {
    /// Where the provider posts: [ReceivesWebhooks].
    WEBHOOK,
    /// Where devices open WebSockets: [HostsDevices].
    CONNECT,
    /// Where browsers find the plugin's pages: [ServesPages]; another origin than the rest.
    PAGES
}
