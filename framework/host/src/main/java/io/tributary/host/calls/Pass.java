package io.tributary.host.calls;

/// How a call comes to be made.
enum Pass {
    /// Like any other: nothing is against the plugin.
    FREE,
    /// The plugin is in quarantine, and the call shows whether that may end.
    TRIAL,
    /// The plugin is in quarantine, and the call shows nothing; without it none that does would
    /// come.
    ALONG,
    /// Not at all.
    REFUSED
}
