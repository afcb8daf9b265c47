package io.tributary.host.accounts;

import io.tributary.model.AccountId;

/// An account that a configuration file declares. Nobody changes it but the file.
public record DeclaredAccount(AccountId id, AccountDraft draft) {}
