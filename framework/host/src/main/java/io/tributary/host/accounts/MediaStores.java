package io.tributary.host.accounts;

import io.tributary.model.AccountId;
import io.tributary.spi.MediaStore;

/// Where plugins keep and find media.
public interface MediaStores {

    /// What the account may keep and read.
    MediaStore of(AccountId account);
}
