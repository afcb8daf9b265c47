package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import io.tributary.model.PluginVersion;
import io.tributary.spi.Http;

/// The way out for plugins' requests, under egress rules.
public interface Outside {

    /// A way out for one opened account.
    ///
    /// @param plugin that opens it
    Way open(AccountId account, PluginVersion plugin);

    /// One opened account's way out.
    interface Way extends Http, AutoCloseable {

        /// Cuts what is under way and refuses everything further.
        @Override
        void close();
    }
}
