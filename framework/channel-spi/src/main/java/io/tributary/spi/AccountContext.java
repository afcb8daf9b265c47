package io.tributary.spi;

import io.tributary.model.AccountId;
import java.net.URI;

/// What an account may touch. Other kinds of plugins are given a [Context] alone.
@HostProvided
public interface AccountContext extends Context {

    /// The configured name of this account.
    AccountId account();

    /// Pictures, sounds and files.
    MediaStore media();

    /// The public address of one of the account's doors.
    ///
    /// @param path what follows the door, such as `status`; empty for the door itself
    URI url(Door door, String path);

    /// Says that earlier answers of [Account#capabilities(Conversation)] no longer hold.
    void changed();
}
