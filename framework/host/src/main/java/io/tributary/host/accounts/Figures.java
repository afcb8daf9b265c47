package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Metrics;

/// Where plugins' own figures go.
public interface Figures {

    /// Takes the account's figures. Names and their number are checked before they get here.
    Metrics of(PluginVersion plugin, ChannelId channel, AccountId account);
}
