package io.tributary.host.workshop;

import org.jspecify.annotations.Nullable;

/// A member, as the bench needs it.
public interface Serving {

    /// Lets these bytes serve in the place of those before.
    ///
    /// @return null when they serve; else why they do not
    @Nullable String serve(byte[] jar) throws InterruptedException;

    /// Opens the account that the plugin is tried with, or changes it.
    ///
    /// @param account its id
    /// @param body as `PUT /admin/v1/accounts/{id}` takes it
    /// @return null when it is open; else why it is not
    @Nullable String account(String account, String body) throws InterruptedException;
}
